import Foundation
import HostSystem

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
    guard mkdtemp(&folder) != nil else { throw SystemError(errno, "make a folder in", path: base) }
    let folderPath = String(cString: folder)
    let path = folderPath + "/s"
    defer {
      unlink(path)
      rmdir(folderPath)
    }
    let listener = try UnixSocket.listen(at: path, backlog: 1)
    do {
      client = try UnixSocket.connect(to: path)
    } catch {
      close(listener)
      throw error
    }
    // virtiofsd waits in its accept.
    Descriptors.makeBlocking(listener)
    self.listener = listener
  }
}
