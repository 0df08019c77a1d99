import Foundation

/// Connects a port to open file handles. (macOS 11)
open class VZFileHandleSerialPortAttachment: VZSerialPortAttachment {
  /// What is read from here goes to the guest; nil sends nothing.
  public let fileHandleForReading: FileHandle?
  /// What the guest prints is written here; nil drops it.
  public let fileHandleForWriting: FileHandle?

  /// An attachment to two handles, which may be the same one. A handle with a closed descriptor is a programming error.
  public init(fileHandleForReading: FileHandle?, fileHandleForWriting: FileHandle?) {
    for handle in [fileHandleForReading, fileHandleForWriting].compactMap({ $0 }) {
      precondition(Self.isOpen(handle), "a file handle of a serial port needs an open descriptor")
    }
    self.fileHandleForReading = fileHandleForReading
    self.fileHandleForWriting = fileHandleForWriting
    super.init(base: ())
  }

  override func check() throws {
    for (place, handle) in [
      ("fileHandleForReading", fileHandleForReading), ("fileHandleForWriting", fileHandleForWriting),
    ] {
      guard let handle, !Self.isOpen(handle) else { continue }
      throw ConfigurationProblem("The file handle has been closed.").in(place)
    }
  }

  private static func isOpen(_ handle: FileHandle) -> Bool {
    fcntl(handle.fileDescriptor, F_GETFD) != -1
  }
}
