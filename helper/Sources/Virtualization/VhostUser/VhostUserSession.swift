import CVirtualization
import Foundation

/// What the session tells the device that it serves.
protocol VhostUserSessionOwner: AnyObject {
  /// A queue started: there may be buffers that no kick will announce.
  func queueDidStart(_ index: Int)
  /// The kick descriptor of a queue is about to be closed (false) or has been set (true).
  func kickDidChange(_ index: Int, isSet: Bool)
  /// The driver starts anew, not where it stopped: the guest knows nothing of what was before.
  func driverDidRestart()
}

/// The conversation with the front end (QEMU): features, memory, and the set-up of the queues.
/// Nothing that it says can do more than end the session.
final class VhostUserSession {
  static let queueCount = 2

  let vrings = (0..<VhostUserSession.queueCount).map { _ in Vring() }
  weak var owner: (any VhostUserSessionOwner)?
  private let configuration: [UInt8]
  /// The queues that the device writes into; the driver writes into the others.
  private let writableQueues: Set<Int>
  private var features: VhostUserFeatures = []
  private var protocolFeatures: VhostUserProtocolFeatures = []
  private var memory: GuestMemory?

  init(configuration: [UInt8], writableQueues: Set<Int>) {
    self.configuration = configuration
    self.writableQueues = writableQueues
  }

  /// Carries out one message and answers it. False when the conversation has to end.
  func handle(_ message: VhostUserMessage, on channel: VhostUserChannel) -> Bool {
    var message = message
    let reply = perform(&message)
    message.closeDescriptors()
    switch reply {
    case .violation: return false
    case .payload(let payload): return channel.reply(to: message.request, payload: payload)
    case .status(let success):
      guard message.needsReply, protocolFeatures.contains(.replyAcknowledge) else { return true }
      let status = UInt64(success ? 0 : 1)
      return channel.reply(to: message.request, payload: withUnsafeBytes(of: status.littleEndian, Array.init))
    }
  }

  private func perform(_ message: inout VhostUserMessage) -> VhostUserReply {
    switch message.request {
    case .getFeatures: return .number(VhostUserFeatures.offered.rawValue)
    case .setFeatures: return setFeatures(message)
    case .getProtocolFeatures: return .number(VhostUserProtocolFeatures.offered.rawValue)
    case .setProtocolFeatures: return setProtocolFeatures(message)
    case .getQueueCount: return .number(UInt64(Self.queueCount))
    case .setOwner, .resetOwner: return .status(true)
    case .setMemoryTable: return setMemoryTable(message)
    case .getConfiguration: return getConfiguration(message)
    case .setVringKick, .setVringCall, .setVringError: return setDescriptor(&message)
    case .setVringSize, .setVringAddress, .setVringBase, .getVringBase, .setVringEnable: return setUpVring(message)
    default: return .status(false)
    }
  }

  // MARK: - Features and memory

  private func setFeatures(_ message: VhostUserMessage) -> VhostUserReply {
    guard let bits = message.value(at: 0, as: UInt64.self) else { return .violation }
    let wanted = VhostUserFeatures(rawValue: bits)
    guard VhostUserFeatures.offered.isSuperset(of: wanted) else { return .status(false) }
    features = wanted
    // Without the protocol features there is no message to enable a queue, so all of them count as enabled.
    if !wanted.contains(.protocolFeatures) {
      for vring in vrings { vring.isEnabled = true }
    }
    return .status(true)
  }

  private func setProtocolFeatures(_ message: VhostUserMessage) -> VhostUserReply {
    guard let bits = message.value(at: 0, as: UInt64.self) else { return .violation }
    let wanted = VhostUserProtocolFeatures(rawValue: bits)
    guard VhostUserProtocolFeatures.offered.isSuperset(of: wanted) else { return .status(false) }
    protocolFeatures = wanted
    return .status(true)
  }

  private func setMemoryTable(_ message: VhostUserMessage) -> VhostUserReply {
    guard let count = message.value(at: 0, as: UInt32.self).map(Int.init) else { return .violation }
    guard count <= VhostUserMessage.maximumDescriptors, count == message.descriptors.count else {
      return .status(false)
    }
    var ranges: [GuestMemoryRange] = []
    for index in 0..<count {
      let offset = 8 + index * 32
      guard let guestAddress = message.value(at: offset, as: UInt64.self),
        let size = message.value(at: offset + 8, as: UInt64.self),
        let userAddress = message.value(at: offset + 16, as: UInt64.self),
        let fileOffset = message.value(at: offset + 24, as: UInt64.self)
      else { return .violation }
      ranges.append(
        GuestMemoryRange(guestAddress: guestAddress, size: size, userAddress: userAddress, fileOffset: fileOffset))
    }
    guard let fresh = GuestMemory(ranges: ranges, descriptors: message.descriptors) else { return .status(false) }
    memory = fresh
    // Queues that run hold addresses in the old mapping: they go on where they are, in the new one.
    for (index, vring) in vrings.enumerated() where vring.queue != nil {
      vring.publish()
      vring.base = vring.queue?.base ?? vring.base
      startQueue(index)
    }
    return .status(vrings.allSatisfy { $0.kick < 0 || $0.queue != nil })
  }

  private func getConfiguration(_ message: VhostUserMessage) -> VhostUserReply {
    guard let offset = message.value(at: 0, as: UInt32.self), let size = message.value(at: 4, as: UInt32.self) else {
      return .violation
    }
    // An empty answer is how the protocol says that the range does not exist.
    guard UInt64(offset) + UInt64(size) <= UInt64(configuration.count) else { return .payload([]) }
    let range = Int(offset)..<Int(offset) + Int(size)
    return .payload(Array(message.payload.prefix(12)) + configuration[range])
  }

  // MARK: - Queues

  private func setUpVring(_ message: VhostUserMessage) -> VhostUserReply {
    guard let index = message.value(at: 0, as: UInt32.self), let value = message.value(at: 4, as: UInt32.self) else {
      return .violation
    }
    guard index < vrings.count else { return message.request == .getVringBase ? .violation : .status(false) }
    let vring = vrings[Int(index)]
    switch message.request {
    case .getVringBase: return .number(index, UInt32(stop(Int(index))))
    case .setVringEnable: return setEnabled(Int(index), value != 0)
    // The rest describes a queue that is yet to start.
    case _ where vring.queue != nil: return .status(false)
    case .setVringBase: return setBase(vring, value)
    case .setVringAddress: return setAddress(vring, message)
    default:
      guard VirtqueueLayout.isValid(size: value) else { return .status(false) }
      vring.layout.size = UInt16(value)
      return .status(true)
    }
  }

  private func setEnabled(_ index: Int, _ isEnabled: Bool) -> VhostUserReply {
    vrings[index].isEnabled = isEnabled
    if isEnabled, vrings[index].queue != nil { owner?.queueDidStart(index) }
    return .status(true)
  }

  private func setBase(_ vring: Vring, _ value: UInt32) -> VhostUserReply {
    guard let base = UInt16(exactly: value) else { return .status(false) }
    // A paused machine goes on where it stopped; anything else is a driver that was loaded again.
    if let returned = vring.returnedBase, returned != base { owner?.driverDidRestart() }
    vring.returnedBase = nil
    vring.base = base
    return .status(true)
  }

  private func setAddress(_ vring: Vring, _ message: VhostUserMessage) -> VhostUserReply {
    guard let descriptors = message.value(at: 8, as: UInt64.self), let used = message.value(at: 16, as: UInt64.self),
      let available = message.value(at: 24, as: UInt64.self)
    else { return .violation }
    vring.layout.descriptors = descriptors
    vring.layout.used = used
    vring.layout.available = available
    return .status(true)
  }

  private func setDescriptor(_ message: inout VhostUserMessage) -> VhostUserReply {
    guard let value = message.value(at: 0, as: UInt64.self) else { return .violation }
    let index = Int(value & 0xff)
    guard index < vrings.count else { return .status(false) }
    // Bit 8: no descriptor, which for kicks would mean polling.
    let descriptor = value & 0x100 == 0 ? message.takeDescriptor() : nil
    if let descriptor, vz_vsock_set_nonblocking(descriptor) != 0 {
      close(descriptor)
      return .status(false)
    }
    switch message.request {
    case .setVringCall: vrings[index].setCall(descriptor)
    case .setVringError: vrings[index].setError(descriptor)
    default: return setKick(index, descriptor)
    }
    return .status(true)
  }

  private func setKick(_ index: Int, _ descriptor: Int32?) -> VhostUserReply {
    owner?.kickDidChange(index, isSet: false)
    vrings[index].setKick(descriptor)
    guard descriptor != nil else { return .status(false) }
    owner?.kickDidChange(index, isSet: true)
    if vrings[index].queue == nil { startQueue(index) }
    return .status(vrings[index].queue != nil)
  }

  private func startQueue(_ index: Int) {
    let vring = vrings[index]
    let queue = memory.flatMap { memory in
      Virtqueue(
        layout: vring.layout, base: vring.base, memory: memory, writable: writableQueues.contains(index),
        usesEventIndex: features.contains(.eventIndex), allowsIndirect: features.contains(.indirectDescriptors))
    }
    vring.start(queue)
    if queue != nil { owner?.queueDidStart(index) }
  }

  private func stop(_ index: Int) -> UInt16 {
    vrings[index].publish()
    owner?.kickDidChange(index, isSet: false)
    return vrings[index].stop()
  }

  /// Stops everything: the front end is gone.
  func end() {
    for index in vrings.indices { _ = stop(index) }
    memory = nil
  }
}
