import Foundation

/// The errors that connecting to the guest can end with, in the terms of the framework.
enum VsockError {
  static var notReady: NSError {
    make(
      ENOTCONN,
      "The guest has no virtio socket driver running: it has not booted that far, is paused, or has stopped.")
  }

  static var tooMany: NSError {
    make(EMFILE, "Too many socket connections are open between this machine and the host. Close some first.")
  }

  static func noSocket(_ code: Int32) -> NSError {
    make(code, "No socket could be made for the connection: \(String(cString: strerror(code))).")
  }

  static func failed(_ code: Int32) -> NSError {
    switch code {
    case ECONNRESET: make(code, "The guest refused the connection: nothing in it listens at that port.")
    case ETIMEDOUT: make(code, "The guest did not answer the connection request.")
    default: make(code, "The machine stopped before the connection was made.")
    }
  }

  private static func make(_ code: Int32, _ text: String) -> NSError {
    NSError(domain: NSPOSIXErrorDomain, code: Int(code), userInfo: [NSLocalizedDescriptionKey: text])
  }
}
