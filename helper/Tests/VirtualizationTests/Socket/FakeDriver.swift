import CVirtualization
import Foundation
import XCTest

@testable import Virtualization

/// The driver's side of one split virtqueue, in the memory of a ``FakeFrontEnd``.
///
/// Every buffer is a slot of up to four descriptors and 64 KiB + 64 bytes.
final class FakeRing {
  static let slots = 64
  static let slotSize = 0x11000
  let size = 256
  let index: Int
  let kick: Int32
  let call: Int32
  let error: Int32
  private let memory: UnsafeMutableRawPointer
  private let offset: Int
  private var nextAvailable: UInt16 = 0
  private var lastUsed: UInt16 = 0
  private var freeSlots: [Int]

  init(_ frontEnd: FakeFrontEnd, index: Int) {
    self.index = index
    memory = frontEnd.memory
    offset = index * 0x10000
    kick = vz_vsock_eventfd()
    call = vz_vsock_eventfd()
    error = vz_vsock_eventfd()
    freeSlots = Array((0..<Self.slots).reversed())
    memset(memory + offset, 0, 0x10000)
  }

  deinit {
    for descriptor in [kick, call, error] { close(descriptor) }
  }

  var descriptors: UInt64 { FakeFrontEnd.userBase + UInt64(offset) }
  var available: UInt64 { descriptors + 0x4000 }
  var used: UInt64 { descriptors + 0x8000 }
  var availableStart: UnsafeMutableRawPointer { memory + offset + 0x4000 }
  private var usedStart: UnsafeMutableRawPointer { memory + offset + 0x8000 }

  /// How many buffers could be lent now.
  var freeCount: Int { freeSlots.count }

  /// Where the bytes of a slot start, in this process.
  func start(ofSlot slot: Int) -> UnsafeMutableRawPointer {
    memory + 0x100000 + (index * Self.slots + slot) * Self.slotSize
  }

  func guestAddress(ofSlot slot: Int) -> UInt64 {
    FakeFrontEnd.guestBase + UInt64(start(ofSlot: slot) - memory)
  }

  func takeSlot() -> Int? { freeSlots.popLast() }

  /// Writes one descriptor of the table.
  func setDescriptor(_ number: Int, address: UInt64, length: UInt32, flags: UInt16, next: UInt16 = 0) {
    write(address, length, flags, next, at: memory + offset + number * 16)
  }

  private func write(
    _ address: UInt64, _ length: UInt32, _ flags: UInt16, _ next: UInt16, at place: UnsafeMutableRawPointer
  ) {
    place.storeBytes(of: address.littleEndian, as: UInt64.self)
    place.storeBytes(of: length.littleEndian, toByteOffset: 8, as: UInt32.self)
    place.storeBytes(of: flags.littleEndian, toByteOffset: 12, as: UInt16.self)
    place.storeBytes(of: next.littleEndian, toByteOffset: 14, as: UInt16.self)
  }

  /// Lends a slot cut into pieces of these sizes.
  func lend(slot: Int, pieces: [Int], isWritable: Bool, isIndirect: Bool = false) {
    var address = guestAddress(ofSlot: slot)
    let direction: UInt16 = isWritable ? 2 : 0
    // The last 256 bytes of a slot are never data, and hold its indirect table.
    let table = Self.slotSize - 256
    for (number, piece) in pieces.enumerated() {
      let isLast = number == pieces.count - 1
      let flags = direction | (isLast ? 0 : 1)
      if isIndirect {
        write(address, UInt32(piece), flags, UInt16(number + 1), at: start(ofSlot: slot) + table + number * 16)
      } else {
        setDescriptor(
          slot * 4 + number, address: address, length: UInt32(piece), flags: flags, next: UInt16(slot * 4 + number + 1))
      }
      address += UInt64(piece)
    }
    if isIndirect {
      setDescriptor(
        slot * 4, address: guestAddress(ofSlot: slot) + UInt64(table), length: UInt32(pieces.count * 16), flags: 4)
    }
    offer(UInt16(slot * 4))
  }

  /// Puts a head into the available ring.
  func offer(_ head: UInt16) {
    (availableStart + 4 + Int(nextAvailable) % size * 2).storeBytes(of: head.littleEndian, as: UInt16.self)
    nextAvailable &+= 1
    vz_vsock_store16_release(availableStart + 2, nextAvailable.littleEndian)
  }

  func signalKick() {
    vz_vsock_signal(kick)
  }

  /// Asks for an interrupt with the next used buffer, where event indices are in use.
  func armEventIndex() {
    vz_vsock_store16(availableStart + 4 + size * 2, lastUsed.littleEndian)
    vz_vsock_full_barrier()
  }

  /// The next used buffer: its slot, and the bytes written into it. Nil when there is none yet.
  func takeUsed() -> (slot: Int, length: Int)? {
    guard UInt16(littleEndian: vz_vsock_load16_acquire(usedStart + 2)) != lastUsed else { return nil }
    let element = usedStart + 4 + Int(lastUsed) % size * 8
    lastUsed &+= 1
    let head = Int(UInt32(littleEndian: element.loadUnaligned(as: UInt32.self)))
    let length = Int(UInt32(littleEndian: element.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
    freeSlots.append(head / 4)
    return (head / 4, length)
  }

  /// Waits for the next used buffer as a driver does: sleeping until interrupted. Nil when it takes too long.
  func waitForUsed(seconds: Int32 = patience) -> (slot: Int, length: Int)? {
    while true {
      armEventIndex()
      if let found = takeUsed() { return found }
      guard isReadable(call, seconds: seconds) else { return takeUsed() }
      var count: UInt64 = 0
      _ = read(call, &count, 8)
    }
  }
}

/// One packet as the guest sees it.
struct FakePacket {
  var header: VsockHeader
  var payload: [UInt8]
}

/// Plays the guest's virtio-vsock driver.
final class FakeDriver {
  static let guestCID: UInt32 = 42
  let frontEnd: FakeFrontEnd
  private(set) var receiveRing: FakeRing
  private(set) var transmitRing: FakeRing
  /// The pieces of each receive buffer, in bytes; a header of 44 bytes and a page in older Linux guests.
  var receivePieces = [44, 4096]
  var sendsIndirect = false
  private let features: VhostUserFeatures

  init(_ backend: VhostUserVsockBackend, features: VhostUserFeatures = [], split: Int? = nil) throws {
    frontEnd = try FakeFrontEnd(backend)
    receiveRing = FakeRing(frontEnd, index: 0)
    transmitRing = FakeRing(frontEnd, index: 1)
    self.features = features
    try frontEnd.negotiate(features)
    XCTAssertTrue(try frontEnd.shareMemory(split: split))
  }

  /// Starts the driver, with `buffers` receive buffers.
  func start(buffers: Int = 32) throws {
    for _ in 0..<buffers { lendReceiveBuffer() }
    XCTAssertTrue(try frontEnd.start(receiveRing, base: 0))
    XCTAssertTrue(try frontEnd.start(transmitRing, base: 0))
  }

  /// Stops both queues, as QEMU does when the machine pauses; returns where they have to go on.
  func pause() throws -> [UInt16] {
    [try frontEnd.stop(0), try frontEnd.stop(1)]
  }

  func resume(at bases: [UInt16]) throws {
    try frontEnd.tell(.setFeatures, bytes(UInt64(1 << 32 | 1 << 30) | features.rawValue))
    XCTAssertTrue(try frontEnd.start(receiveRing, base: bases[0]))
    XCTAssertTrue(try frontEnd.start(transmitRing, base: bases[1]))
  }

  /// Loads the driver anew: the guest has rebooted.
  func restart() throws {
    _ = try pause()
    receiveRing = FakeRing(frontEnd, index: 0)
    transmitRing = FakeRing(frontEnd, index: 1)
    try start()
  }

  func lendReceiveBuffer() {
    guard let slot = receiveRing.takeSlot() else { return }
    receiveRing.lend(slot: slot, pieces: receivePieces, isWritable: true)
    receiveRing.signalKick()
  }

  /// Sends one packet, waiting for a free buffer; cut into pieces of these sizes if given.
  func send(_ header: VsockHeader, _ payload: [UInt8] = [], pieces: [Int]? = nil) throws {
    while transmitRing.takeUsed() != nil {}
    if transmitRing.freeCount == 0 { XCTAssertNotNil(transmitRing.waitForUsed(), "packets are not taken") }
    let slot = try XCTUnwrap(transmitRing.takeSlot())
    let start = transmitRing.start(ofSlot: slot)
    header.write(to: UnsafeMutableRawBufferPointer(start: start, count: VsockHeader.byteCount))
    payload.withUnsafeBytes { if let source = $0.baseAddress { memcpy(start + 44, source, $0.count) } }
    let whole = payload.isEmpty ? [44] : [44, payload.count]
    transmitRing.lend(slot: slot, pieces: pieces ?? whole, isWritable: false, isIndirect: sendsIndirect)
    transmitRing.signalKick()
  }

  /// Waits until the device has given back every packet.
  func waitUntilTaken() {
    while transmitRing.takeUsed() != nil {}
    while transmitRing.freeCount < FakeRing.slots {
      if transmitRing.waitForUsed() == nil { return XCTFail("packets are not taken") }
    }
  }

  /// The next packet from the host, and lends its buffer again. Nil when none comes in time.
  func receive(seconds: Int32 = patience) -> FakePacket? {
    while let used = receiveRing.waitForUsed(seconds: seconds) {
      let data = [UInt8](UnsafeRawBufferPointer(start: receiveRing.start(ofSlot: used.slot), count: used.length))
      lendReceiveBuffer()
      guard data.count >= 44 else { continue }
      let header = data.withUnsafeBytes { VsockHeader($0) }
      XCTAssertEqual(header.sourceCID, 2)
      XCTAssertEqual(header.destinationCID, UInt64(Self.guestCID))
      XCTAssertEqual(Int(header.length), header.operation == .data ? data.count - 44 : 0)
      return FakePacket(header: header, payload: Array(data[44...]))
    }
    return nil
  }

  /// The next packet that is not about credit.
  func receive(_ operation: VsockOperation, file: StaticString = #filePath, line: UInt = #line) throws -> FakePacket {
    while let packet = receive() {
      if packet.header.operation == operation { return packet }
      guard [.creditUpdate, .creditRequest].contains(packet.header.operation) else {
        XCTFail("unexpected operation \(packet.header.operation)", file: file, line: line)
        break
      }
    }
    throw PeerFailure.missing("no packet with operation \(operation.rawValue)")
  }
}

/// Ends a test whose peer does not do what it must.
enum PeerFailure: Error {
  case missing(String)
}

/// The guest's side of one stream.
final class FakeStream {
  let driver: FakeDriver
  let guestPort: UInt32
  let hostPort: UInt32
  var bufferAllocation: UInt32
  private(set) var received: UInt32 = 0

  init(_ driver: FakeDriver, guestPort: UInt32, hostPort: UInt32, bufferAllocation: UInt32 = 256 * 1024) {
    self.driver = driver
    self.guestPort = guestPort
    self.hostPort = hostPort
    self.bufferAllocation = bufferAllocation
  }

  func header(_ operation: VsockOperation) -> VsockHeader {
    VsockHeader(
      sourceCID: UInt64(FakeDriver.guestCID), destinationCID: 2, sourcePort: guestPort, destinationPort: hostPort,
      operation: operation, bufferAllocation: bufferAllocation, forwardedCount: received)
  }

  func send(_ operation: VsockOperation, flags: VsockShutdown = []) throws {
    var header = header(operation)
    header.flags = flags.rawValue
    try driver.send(header)
  }

  func send(data: [UInt8], pieces: [Int]? = nil) throws {
    var header = header(.data)
    header.length = UInt32(data.count)
    try driver.send(header, data, pieces: pieces)
  }

  /// Opens the stream from the guest's side; returns the host's answer.
  func open() throws -> VsockHeader {
    try send(.request)
    while let answer = driver.receive() {
      // Others may have something to say at the same time.
      guard answer.header.destinationPort == guestPort, answer.header.operation != .shutdown else { continue }
      XCTAssertEqual(answer.header.sourcePort, hostPort)
      return answer.header
    }
    throw PeerFailure.missing("no answer to a request")
  }

  /// The next data packet. Counts it as read by the guest's program if `isRead`, without telling the host yet.
  func receiveData(isRead: Bool = true) throws -> [UInt8] {
    let packet = try driver.receive(.data)
    XCTAssertEqual(packet.header.sourcePort, hostPort)
    XCTAssertEqual(packet.header.destinationPort, guestPort)
    if isRead { received &+= UInt32(packet.payload.count) }
    return packet.payload
  }
}
