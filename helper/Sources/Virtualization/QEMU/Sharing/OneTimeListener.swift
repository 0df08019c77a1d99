import Foundation
import HostFiles

/// A listening Unix socket to which exactly one connection was made: our own. virtiofsd insists on a listening socket,
/// but its name need not outlive the connect, in a folder that nobody else can enter.
struct OneTimeListener {
  /// Both are owned by the caller.
  let listener: Int32
  let client: Int32

  /// - Throws: `ScratchFolders.Problem` when no folder takes a socket.
  init() throws {
    self = try ScratchFolders.firstUsable { try OneTimeListener(in: $0) }
  }

  private init(in base: String) throws {
    var folder = Array((base + "/vzkit-XXXXXX").utf8CString)
    guard mkdtemp(&folder) != nil else { throw SystemError(errno) }
    let folderPath = String(cString: folder)
    let path = folderPath + "/s"
    defer {
      unlink(path)
      rmdir(folderPath)
    }
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let listener = socket(AF_UNIX, kind, 0)
    let client = socket(AF_UNIX, kind, 0)
    do {
      guard listener >= 0, client >= 0 else { throw SystemError(errno) }
      try Self.withAddress(path) { address, size in
        guard bind(listener, address, size) == 0, listen(listener, 1) == 0, connect(client, address, size) == 0 else {
          throw SystemError(errno)
        }
      }
    } catch {
      for descriptor in [listener, client] where descriptor >= 0 { close(descriptor) }
      throw error
    }
    self.listener = listener
    self.client = client
  }

  private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Void) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8CString)
    guard bytes.count <= MemoryLayout.size(ofValue: address.sun_path) else { throw SystemError(ENAMETOOLONG) }
    withUnsafeMutableBytes(of: &address.sun_path) { room in
      bytes.withUnsafeBytes { room.copyMemory(from: $0) }
    }
    try withUnsafePointer(to: &address) {
      try $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
