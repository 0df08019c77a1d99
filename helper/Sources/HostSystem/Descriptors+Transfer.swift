#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The outcome of one read or write.
package enum TransferResult {
  case bytes(Int)
  case wouldBlock
  case failed(SystemError)
}

extension Descriptors {
  package static func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> TransferResult {
    while true {
      #if canImport(Darwin)
        let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #else
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 { return .bytes(count) }
      if errno == EINTR { continue }
      return errno == EAGAIN ? .wouldBlock : .failed(SystemError(errno, "read"))
    }
  }

  /// Writes what the descriptor takes at once, if it is non-blocking. `MSG_DONTWAIT` would not do: macOS heeds it for
  /// reading only, so a blocking socket blocks there.
  package static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, isSocket: Bool) -> TransferResult {
    while true {
      let count: Int
      if isSocket {
        #if canImport(Darwin)
          count = send(descriptor, bytes.baseAddress, bytes.count, 0)
        #else
          count = send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #endif
      } else {
        #if canImport(Darwin)
          count = Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #else
          count = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
      }
      if count >= 0 { return .bytes(count) }
      if errno == EINTR { continue }
      // macOS says ENOBUFS where Linux says EAGAIN.
      return errno == EAGAIN || errno == ENOBUFS ? .wouldBlock : .failed(SystemError(errno, "write"))
    }
  }

  /// Writes everything, unless an error or `patience` milliseconds without room end it.
  package static func writeAll(_ bytes: [UInt8], to descriptor: Int32, patience: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      switch rest.withUnsafeBytes({ write(descriptor, $0, isSocket: false) }) {
      case .bytes(let count) where count > 0: rest = rest.dropFirst(count)
      case .wouldBlock where wait(for: descriptor, .writable, milliseconds: patience).ready: continue
      case .bytes, .wouldBlock, .failed: return
      }
    }
  }
}
