import Foundation

/// A directory of the host that a guest may see. (macOS 12)
open class VZSharedDirectory: NSObject {
  /// The directory's file URL.
  public let url: URL
  /// Whether the guest may only read.
  public let isReadOnly: Bool

  /// A directory to share. That it exists is checked by the configuration's `validate()`.
  public init(url: URL, readOnly: Bool) {
    self.url = url
    isReadOnly = readOnly
    super.init()
  }

  func check() throws {
    try checking("url") { try HostFile(role: "shared directory", url: url).requireDirectory() }
  }
}
