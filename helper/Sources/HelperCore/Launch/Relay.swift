import Foundation
import HostSystem

/// Carries bytes between the standard streams and a Unix socket of this host, both ways until both have ended: a client on
/// another host reaches a helper's consoles and sockets so.
enum Relay {
  private static let bufferSize = 256 << 10

  /// - Parameter output: the real standard output.
  /// - Throws: `SystemError` when nobody listens at `path`.
  static func run(to path: String, output: Int32) throws -> Never {
    let input = try StandardStreams.takeInput()
    let socket = try UnixSocket.connect(to: path)
    let hasSent = DispatchSemaphore(value: 0)
    let isStarted = SystemThread.start {
      copy(from: input, to: socket)
      shutdown(socket, Int32(SHUT_WR))
      hasSent.signal()
    }
    guard isStarted else { throw SystemError(EAGAIN, "start a thread") }
    copy(from: socket, to: output)
    // One socket can be both standard streams: closing one of them is not its end.
    shutdown(output, Int32(SHUT_WR))
    close(output)
    hasSent.wait()
    exit(EXIT_SUCCESS)
  }

  /// Copies until the end of `source`, or until `sink` takes no more.
  private static func copy(from source: Int32, to sink: Int32) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      switch Descriptors.read(source, into: buffer) {
      case .bytes(0), .failed: return
      case .bytes(let count):
        guard write(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: sink) else { return }
      case .wouldBlock: _ = Descriptors.wait(for: source, .readable)
      }
    }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to sink: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      switch Descriptors.write(sink, UnsafeRawBufferPointer(rebasing: rest), isSocket: false) {
      case .bytes(let count): rest = rest.dropFirst(count)
      case .wouldBlock: _ = Descriptors.wait(for: sink, .writable)
      case .failed: return false
      }
    }
    return true
  }
}
