import Foundation
import HostSystem
import Platform
import XCTest

/// The client's end of a Unix socket, with blocking calls that give up after a minute.
final class TestStream {
  let descriptor: Int32

  init(path: String) throws {
    descriptor = try UnixSocket.connect(to: path)
    setPatience()
  }

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    setPatience()
  }

  deinit { close(descriptor) }

  private func setPatience() {
    var time = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  func write(_ data: Data) throws {
    try data.withUnsafeBytes { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = Foundation.write(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
        guard count > 0 else { throw SystemError(errno, "write") }
        sent += count
      }
    }
  }

  /// What is there, at most `limit` bytes; empty at the end.
  func read(limit: Int = 1 << 16) throws -> Data {
    var buffer = [UInt8](repeating: 0, count: limit)
    let count = Foundation.read(descriptor, &buffer, limit)
    guard count >= 0 else { throw SystemError(errno, "read") }
    return Data(buffer.prefix(count))
  }

  func read(exactly wanted: Int) throws -> Data {
    var data = Data()
    while data.count < wanted {
      let chunk = try read(limit: min(wanted - data.count, 1 << 20))
      guard !chunk.isEmpty else { throw SystemError(EPIPE, "read \(wanted) bytes, got \(data.count)") }
      data.append(chunk)
    }
    return data
  }

  func readToEnd() throws -> Data {
    var data = Data()
    while case let chunk = try read(limit: 1 << 20), !chunk.isEmpty { data.append(chunk) }
    return data
  }

  func read(until text: String) throws -> String {
    var data = Data()
    while !String(decoding: data, as: UTF8.self).contains(text) {
      let chunk = try read()
      guard !chunk.isEmpty else { throw SystemError(EPIPE, "find \(text) in \(String(decoding: data, as: UTF8.self))") }
      data.append(chunk)
    }
    return String(decoding: data, as: UTF8.self)
  }

  func endOutput() { shutdown(descriptor, Int32(SHUT_WR)) }
}
