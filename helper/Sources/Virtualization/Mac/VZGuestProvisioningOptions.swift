import Foundation

/// What a new guest is told about its first user. Use a subclass. (macOS 27)
open class VZGuestProvisioningOptions: NSObject, NSCopying {
  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }

  /// Checks the options.
  ///
  /// - Throws: a `VZError` that says which is not acceptable.
  public func validate() throws {
    try check()
  }

  func check() throws {
    preconditionFailure("\(type(of: self)) must check itself")
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    preconditionFailure("\(type(of: self)) must make its own copies")
  }
}
