import Foundation

/// Shows several directories of the host, each by its name in the root of the shared file system. (macOS 12)
open class VZMultipleDirectoryShare: VZDirectoryShare {
  /// The directories by the name that the guest sees.
  public let directories: [String: VZSharedDirectory]

  /// A share without directories.
  public convenience init() {
    self.init(directories: [:])
  }

  /// A share of directories. A name that `validateName(_:)` refuses is a programming error.
  public init(directories: [String: VZSharedDirectory]) {
    for name in directories.keys {
      precondition(SharedDirectoryName.problem(with: name) == nil, "\(name.debugDescription) cannot name a directory")
    }
    self.directories = directories
    super.init(base: ())
  }

  /// Checks a name for a directory.
  ///
  /// - Throws: `VZError.invalidVirtualMachineConfiguration` when it is empty, "." or "..", longer than 255 bytes of
  ///   UTF-8, or contains a slash or a control character.
  public class func validateName(_ name: String) throws {
    if let problem = SharedDirectoryName.problem(with: name) { throw problem.vzError }
  }

  /// A name that `validateName(_:)` accepts and that is as close as possible to `name`; nil when nothing of it is left.
  public class func canonicalizedName(from name: String) -> String? {
    SharedDirectoryName.canonical(name)
  }

  override func check() throws {
    for (name, directory) in directories.sorted(by: { $0.key < $1.key }) {
      try checking("directories[\(name.debugDescription)]") { try directory.check() }
    }
  }
}
