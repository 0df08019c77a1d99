import CVirtualization
import Foundation
import XCTest

@testable import Virtualization

/// Plays QEMU: owns the guest's memory and speaks vhost-user to a backend.
final class FakeFrontEnd {
  static let guestBase: UInt64 = 0x1_0000_0000
  static let userBase: UInt64 = 0x7f12_3450_0000
  static let memorySize = 16 << 20

  let socket: Int32
  let memoryFile: Int32
  let memory: UnsafeMutableRawPointer

  /// Takes over the backend's descriptor, as QEMU does.
  init(_ backend: VhostUserVsockBackend, isSealed: Bool = true) throws {
    socket = backend.descriptorForQEMU
    memoryFile = makeMemoryFile()
    try XCTSkipIf(memoryFile < 0, "memfd_create is not available: \(String(cString: strerror(errno)))")
    XCTAssertEqual(ftruncate(memoryFile, off_t(Self.memorySize)), 0)
    if isSealed { XCTAssertEqual(fcntl(memoryFile, Seal.add, Seal.shrink | Seal.grow), 0) }
    memory = try XCTUnwrap(mmap(nil, Self.memorySize, PROT_READ | PROT_WRITE, MAP_SHARED, memoryFile, 0))
    backend.start()
  }

  deinit {
    close(socket)
    close(memoryFile)
    munmap(memory, Self.memorySize)
  }

  // MARK: - Messages

  /// Sends a message and waits for nothing.
  func send(
    _ request: VhostUserRequest, _ payload: [UInt8] = [], descriptors: [Int32] = [], flags: UInt32 = 1, size: Int? = nil
  ) {
    let header: [UInt32] = [request.rawValue, flags, UInt32(size ?? payload.count)]
    sendRaw(header.flatMap { bytes($0) } + payload, descriptors: descriptors)
  }

  func sendRaw(_ bytes: [UInt8], descriptors: [Int32] = []) {
    var control = [UInt8](repeating: 0, count: 16 + (descriptors.count * 4 + 7) / 8 * 8)
    control.withUnsafeMutableBytes { raw in
      raw.storeBytes(of: 16 + descriptors.count * 4, toByteOffset: 0, as: Int.self)
      raw.storeBytes(of: SOL_SOCKET, toByteOffset: 8, as: Int32.self)
      raw.storeBytes(of: Int32(SCM_RIGHTS), toByteOffset: 12, as: Int32.self)
      for (index, descriptor) in descriptors.enumerated() {
        raw.storeBytes(of: descriptor, toByteOffset: 16 + index * 4, as: Int32.self)
      }
    }
    var bytes = bytes
    bytes.withUnsafeMutableBytes { data in
      control.withUnsafeMutableBytes { control in
        var part = iovec(iov_base: data.baseAddress, iov_len: data.count)
        withUnsafeMutablePointer(to: &part) { part in
          var message = msghdr()
          message.msg_iov = part
          message.msg_iovlen = 1
          if !descriptors.isEmpty {
            message.msg_control = control.baseAddress
            message.msg_controllen = control.count
          }
          _ = sendmsg(socket, &message, Int32(MSG_NOSIGNAL))
        }
      }
    }
  }

  /// Reads one answer: the request that it belongs to, and its payload. Nil when the backend has hung up.
  func reply() -> (request: UInt32, payload: [UInt8])? {
    guard let header = readExactly(socket, 12) else { return nil }
    let size = Int(number(header, at: 8) as UInt32)
    guard let payload = readExactly(socket, size) else { return nil }
    XCTAssertEqual(number(header, at: 4) as UInt32, 5, "version 1, reply")
    return (number(header, at: 0), payload)
  }

  /// Sends a message that has an answer of its own, and returns that.
  func ask(_ request: VhostUserRequest, _ payload: [UInt8] = []) throws -> [UInt8] {
    send(request, payload)
    let answer = try XCTUnwrap(reply(), "the backend hung up")
    XCTAssertEqual(answer.request, request.rawValue)
    return answer.payload
  }

  /// Sends a message with the wish for an acknowledgement; returns whether it succeeded.
  @discardableResult
  func tell(_ request: VhostUserRequest, _ payload: [UInt8], descriptors: [Int32] = []) throws -> Bool {
    send(request, payload, descriptors: descriptors, flags: 1 | 8)
    let answer = try XCTUnwrap(reply(), "the backend hung up")
    XCTAssertEqual(answer.request, request.rawValue)
    return number(answer.payload, at: 0) as UInt64 == 0
  }

  // MARK: - Set-up, in QEMU's order

  func negotiate(_ extra: VhostUserFeatures = []) throws {
    let offered = number(try ask(.getFeatures), at: 0) as UInt64
    XCTAssertEqual(offered & (1 << 32 | 1 << 30), 1 << 32 | 1 << 30)
    XCTAssertEqual(number(try ask(.getProtocolFeatures), at: 0) as UInt64, 1 << 3 | 1 << 9)
    send(.setProtocolFeatures, bytes(UInt64(1 << 3 | 1 << 9)))
    XCTAssertTrue(try tell(.setOwner, []))
    XCTAssertTrue(try tell(.setFeatures, bytes(UInt64(1 << 32 | 1 << 30) | extra.rawValue)))
  }

  /// The whole memory as one range, or in two that meet at `split`.
  func shareMemory(split: Int? = nil) throws -> Bool {
    let cuts = [0] + (split.map { [$0] } ?? []) + [Self.memorySize]
    var payload = bytes(UInt64(cuts.count - 1))
    for (start, end) in zip(cuts, cuts.dropFirst()) {
      payload += bytes(Self.guestBase + UInt64(start)) + bytes(UInt64(end - start))
      payload += bytes(Self.userBase + UInt64(start)) + bytes(UInt64(start))
    }
    return try tell(
      .setMemoryTable, payload, descriptors: Array(repeating: memoryFile, count: cuts.count - 1))
  }

  /// Sets up one queue and enables it; returns whether the backend took all of it.
  func start(_ ring: FakeRing, base: UInt16) throws -> Bool {
    let index = UInt32(ring.index)
    var isFine = try tell(.setVringSize, bytes(index) + bytes(UInt32(ring.size)))
    if !(try tell(.setVringBase, bytes(index) + bytes(UInt32(base)))) { isFine = false }
    let address = bytes(index) + bytes(UInt32(0)) + bytes(ring.descriptors) + bytes(ring.used) + bytes(ring.available)
    if !(try tell(.setVringAddress, address + bytes(UInt64(0)))) { isFine = false }
    if !(try tell(.setVringCall, bytes(UInt64(index)), descriptors: [ring.call])) { isFine = false }
    if !(try tell(.setVringError, bytes(UInt64(index)), descriptors: [ring.error])) { isFine = false }
    if !(try tell(.setVringKick, bytes(UInt64(index)), descriptors: [ring.kick])) { isFine = false }
    if !(try tell(.setVringEnable, bytes(index) + bytes(UInt32(1)))) { isFine = false }
    return isFine
  }

  /// Stops one queue; returns where it has to go on.
  func stop(_ index: Int) throws -> UInt16 {
    let answer = try ask(.getVringBase, bytes(UInt32(index)) + bytes(UInt32(0)))
    return UInt16(number(answer, at: 4) as UInt32)
  }
}

/// Values of `<linux/fcntl.h>` and `<linux/memfd.h>` that Swift's view of the C library lacks.
private enum Seal {
  static let add: Int32 = 1033
  static let shrink: Int32 = 2
  static let grow: Int32 = 4
}

/// A file in memory that can be sealed, or -1.
func makeMemoryFile() -> Int32 {
  typealias Create = @convention(c) (UnsafePointer<CChar>, UInt32) -> Int32
  guard let symbol = dlsym(nil, "memfd_create") else { return -1 }
  return unsafeBitCast(symbol, to: Create.self)("guest", 3)  // Close on exec, may be sealed.
}

func bytes<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian, Array.init)
}

func number<T: FixedWidthInteger>(_ bytes: [UInt8], at offset: Int) -> T {
  guard offset + MemoryLayout<T>.size <= bytes.count else { return 0 }
  return bytes.withUnsafeBytes { T(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: T.self)) }
}

/// Seconds after which a test gives up on something that must happen.
let patience: Int32 = 20

/// Whether the descriptor becomes readable (or ends) in time.
func isReadable(_ descriptor: Int32, seconds: Int32 = patience) -> Bool {
  var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  return poll(&wait, 1, seconds * 1000) == 1
}

/// Exactly `count` bytes, or nil when the stream ends before, or takes too long.
func readExactly(_ descriptor: Int32, _ count: Int) -> [UInt8]? {
  var result: [UInt8] = []
  while result.count < count {
    guard isReadable(descriptor) else { return nil }
    var chunk = [UInt8](repeating: 0, count: min(count - result.count, 1 << 16))
    let size = read(descriptor, &chunk, chunk.count)
    guard size > 0 else { return nil }
    result += chunk.prefix(size)
  }
  return result
}

/// What one read gives, waiting for it. Nil at the end of the stream, or when it takes too long.
func readSome(_ descriptor: Int32, _ most: Int) -> [UInt8]? {
  guard isReadable(descriptor) else { return nil }
  var chunk = [UInt8](repeating: 0, count: most)
  let size = read(descriptor, &chunk, most)
  return size > 0 ? Array(chunk.prefix(size)) : nil
}

/// Everything up to the end of the stream, or nil when it takes too long.
func readToEnd(_ descriptor: Int32) -> [UInt8]? {
  var result: [UInt8] = []
  while isReadable(descriptor) {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let size = read(descriptor, &chunk, chunk.count)
    if size == 0 { return result }
    guard size > 0 else { return nil }
    result += chunk.prefix(size)
  }
  return nil
}

/// Whether the stream ends in time, in order or with an error.
func ends(_ descriptor: Int32) -> Bool {
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while isReadable(descriptor) {
    if read(descriptor, &chunk, chunk.count) <= 0 { return true }
  }
  return false
}

/// Writes everything; false when the other end is closed.
@discardableResult
func writeAll(_ descriptor: Int32, _ data: [UInt8]) -> Bool {
  var offset = 0
  while offset < data.count {
    let size = data[offset...].withUnsafeBytes {
      Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    guard size > 0 else { return false }
    offset += size
  }
  return true
}

/// Compares data without printing all of it.
func assertSame(
  _ actual: [UInt8]?, _ expected: [UInt8], _ note: String = "", file: StaticString = #filePath, line: UInt = #line
) {
  guard let actual else { return XCTFail("no data, or not enough of it \(note)", file: file, line: line) }
  let difference = zip(actual, expected).enumerated().first { $1.0 != $1.1 }?.offset
  guard difference != nil || actual.count != expected.count else { return }
  let place = difference.map { "from byte \($0) on" } ?? "only in length"
  XCTFail("\(actual.count) bytes differ from the expected \(expected.count) \(place) \(note)", file: file, line: line)
}

/// Bytes that repeat late and look the same in every run.
func pattern(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  var random = Randomness(seed: seed)
  var result: [UInt8] = []
  result.reserveCapacity(count + 8)
  while result.count < count { result += bytes(random.next()) }
  return Array(result.prefix(count))
}
