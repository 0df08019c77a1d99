import CVirtualization
import Foundation

/// The socket to the front end: cuts its bytes into messages and writes answers. Never blocks.
final class VhostUserChannel {
  enum Event {
    case message(VhostUserMessage)
    /// Nothing complete is there yet.
    case pending
    /// The front end is gone, or what it sends cannot be understood.
    case ended
  }

  let descriptor: Int32
  private var bytes: [UInt8] = []
  private var descriptors: [Int32] = []
  /// Length of the message being read: of its header until that is known.
  private var expected = VhostUserMessage.headerSize

  /// Takes over `descriptor`, a non-blocking stream socket.
  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    for passed in descriptors { close(passed) }
    close(descriptor)
  }

  /// Reads on until a message is complete. Reads never go past the end of a message, since descriptors belong to the
  /// message that they came with.
  func next() -> Event {
    while true {
      while bytes.count < expected {
        switch fill() {
        case 1...: continue
        case -Int(EAGAIN): return .pending
        default: return .ended
        }
      }
      guard let (request, flags, size) = header(), flags & 3 == 1, size <= VhostUserMessage.maximumPayload else {
        return .ended
      }
      if bytes.count == VhostUserMessage.headerSize, size > 0 {
        expected = VhostUserMessage.headerSize + size
        continue
      }
      let message = VhostUserMessage(
        request: request, needsReply: flags & 8 != 0, payload: Array(bytes[VhostUserMessage.headerSize...]),
        descriptors: descriptors)
      bytes.removeAll(keepingCapacity: true)
      descriptors.removeAll()
      expected = VhostUserMessage.headerSize
      return .message(message)
    }
  }

  /// Answers a request. False when the front end takes no answers: it waits for each one, so the socket is never full
  /// unless it misbehaves.
  func reply(to request: VhostUserRequest, payload: [UInt8]) -> Bool {
    var answer: [UInt8] = []
    let header: [UInt32] = [request.rawValue, 1 | 4, UInt32(payload.count)]
    for word in header {
      withUnsafeBytes(of: word.littleEndian) { answer.append(contentsOf: $0) }
    }
    answer += payload
    return answer.withUnsafeMutableBytes { buffer in
      var part = iovec(iov_base: buffer.baseAddress, iov_len: buffer.count)
      return vz_vsock_send(descriptor, &part, 1) == buffer.count
    }
  }

  private func header() -> (VhostUserRequest, flags: UInt32, size: Int)? {
    bytes.withUnsafeBytes { buffer in
      guard buffer.count >= VhostUserMessage.headerSize else { return nil }
      func word(_ offset: Int) -> UInt32 {
        UInt32(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
      }
      return (VhostUserRequest(rawValue: word(0)), word(4), Int(word(8)))
    }
  }

  /// Reads what is missing, as far as it is there; returns the byte count, 0 at the end or a negative errno value.
  private func fill() -> Int {
    let room = VhostUserMessage.maximumDescriptors - descriptors.count
    var passed = [Int32](repeating: -1, count: max(room, 1))
    var count = Int32(room)
    var chunk = [UInt8](repeating: 0, count: expected - bytes.count)
    let result = vz_vsock_receive(descriptor, &chunk, chunk.count, &passed, &count)
    guard result > 0 else { return result }
    descriptors += passed.prefix(Int(count))
    bytes += chunk.prefix(result)
    return result
  }
}
