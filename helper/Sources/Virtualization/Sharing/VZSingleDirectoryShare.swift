import Foundation

/// Shows one directory of the host as the root of the shared file system. (macOS 12)
open class VZSingleDirectoryShare: VZDirectoryShare {
  /// The directory.
  public let directory: VZSharedDirectory

  /// A share of one directory.
  public init(directory: VZSharedDirectory) {
    self.directory = directory
    super.init(base: ())
  }

  override func check() throws {
    try checking("directory") { try directory.check() }
  }
}
