import Foundation

/// What the front end asks for. An open set: unknown numbers are answered, not trapped on.
struct VhostUserRequest: RawRepresentable, Equatable {
  var rawValue: UInt32

  static let getFeatures = VhostUserRequest(rawValue: 1)
  static let setFeatures = VhostUserRequest(rawValue: 2)
  static let setOwner = VhostUserRequest(rawValue: 3)
  static let resetOwner = VhostUserRequest(rawValue: 4)
  static let setMemoryTable = VhostUserRequest(rawValue: 5)
  static let setVringSize = VhostUserRequest(rawValue: 8)
  static let setVringAddress = VhostUserRequest(rawValue: 9)
  static let setVringBase = VhostUserRequest(rawValue: 10)
  static let getVringBase = VhostUserRequest(rawValue: 11)
  static let setVringKick = VhostUserRequest(rawValue: 12)
  static let setVringCall = VhostUserRequest(rawValue: 13)
  static let setVringError = VhostUserRequest(rawValue: 14)
  static let getProtocolFeatures = VhostUserRequest(rawValue: 15)
  static let setProtocolFeatures = VhostUserRequest(rawValue: 16)
  static let getQueueCount = VhostUserRequest(rawValue: 17)
  static let setVringEnable = VhostUserRequest(rawValue: 18)
  static let getConfiguration = VhostUserRequest(rawValue: 24)
  static let setConfiguration = VhostUserRequest(rawValue: 25)
}

/// Features of the virtio device, as bits of one 64-bit word.
struct VhostUserFeatures: OptionSet {
  var rawValue: UInt64

  static let indirectDescriptors = VhostUserFeatures(rawValue: 1 << 28)
  static let eventIndex = VhostUserFeatures(rawValue: 1 << 29)
  static let protocolFeatures = VhostUserFeatures(rawValue: 1 << 30)
  static let version1 = VhostUserFeatures(rawValue: 1 << 32)

  static let offered: VhostUserFeatures = [.indirectDescriptors, .eventIndex, .protocolFeatures, .version1]
}

/// Features of the vhost-user protocol itself.
struct VhostUserProtocolFeatures: OptionSet {
  var rawValue: UInt64

  static let replyAcknowledge = VhostUserProtocolFeatures(rawValue: 1 << 3)
  static let configuration = VhostUserProtocolFeatures(rawValue: 1 << 9)

  static let offered: VhostUserProtocolFeatures = [.replyAcknowledge, .configuration]
}

/// One message of the front end, with the descriptors that came with it.
struct VhostUserMessage {
  static let headerSize = 12
  /// The longest message in use carries a memory table of 8 entries; configuration space has 256 bytes.
  static let maximumPayload = 4096
  static let maximumDescriptors = 8

  var request: VhostUserRequest
  /// Whether the front end waits for an answer even where the request has none of its own.
  var needsReply: Bool
  var payload: [UInt8]
  /// Owned by the message: who keeps one takes it out with ``takeDescriptor()``.
  var descriptors: [Int32]

  /// The number at a byte offset of the payload, or nil when the payload is too short.
  func value<T: FixedWidthInteger>(at offset: Int, as type: T.Type = T.self) -> T? {
    guard offset >= 0, offset + MemoryLayout<T>.size <= payload.count else { return nil }
    return payload.withUnsafeBytes { T(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: T.self)) }
  }

  /// Hands over the first descriptor; the caller closes it.
  mutating func takeDescriptor() -> Int32? {
    descriptors.isEmpty ? nil : descriptors.removeFirst()
  }

  func closeDescriptors() {
    for descriptor in descriptors { close(descriptor) }
  }
}

/// What a request is answered with.
enum VhostUserReply {
  /// The request has no answer of its own: success or failure is told only when asked for.
  case status(Bool)
  case payload([UInt8])
  /// The front end broke the protocol; the conversation ends.
  case violation

  static func number<T: FixedWidthInteger>(_ values: T...) -> VhostUserReply {
    .payload(values.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) })
  }
}
