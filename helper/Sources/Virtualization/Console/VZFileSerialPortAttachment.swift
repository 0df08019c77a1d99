import Foundation

/// Writes what the guest prints to a file; the guest reads nothing. (macOS 11)
open class VZFileSerialPortAttachment: VZSerialPortAttachment {
  /// The file.
  public let url: URL
  /// Whether what is in the file already stays there.
  public let append: Bool

  /// An attachment to a file, which is made when the machine starts if it does not exist yet.
  ///
  /// - Throws: `VZError.invalidVirtualMachineConfiguration` when the file cannot be written or made.
  public init(url: URL, append shouldAppend: Bool) throws {
    self.url = url
    append = shouldAppend
    super.init(base: ())
    try throwingVZError { try check() }
  }

  override func check() throws {
    let file = HostFile(role: "serial port's file", url: url)
    if access(try file.path(), F_OK) == 0 {
      try file.requireNoDirectory()
      try file.requireAccess(.write)
    } else {
      let parent = HostFile(role: "folder of the serial port's file", url: url.deletingLastPathComponent())
      try parent.requireDirectory()
      try parent.requireAccess(.write)
    }
  }
}
