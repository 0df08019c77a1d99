import Foundation

/// The context identifier of the host, from the virtio specification.
let vsockHostCID: UInt64 = 2

/// What a packet asks for (virtio 1.2, 5.10.6). An open set: the guest may send any number.
struct VsockOperation: RawRepresentable, Equatable {
  var rawValue: UInt16

  static let request = VsockOperation(rawValue: 1)
  static let response = VsockOperation(rawValue: 2)
  static let reset = VsockOperation(rawValue: 3)
  static let shutdown = VsockOperation(rawValue: 4)
  static let data = VsockOperation(rawValue: 5)
  static let creditUpdate = VsockOperation(rawValue: 6)
  static let creditRequest = VsockOperation(rawValue: 7)
}

/// The directions that the sender of a `shutdown` packet gives up for good.
struct VsockShutdown: OptionSet {
  var rawValue: UInt32

  static let receive = VsockShutdown(rawValue: 1)
  static let send = VsockShutdown(rawValue: 2)
  static let both: VsockShutdown = [.receive, .send]
}

/// The header that starts every packet: 44 bytes, little-endian.
struct VsockHeader: Equatable {
  static let byteCount = 44
  static let streamType: UInt16 = 1

  var sourceCID: UInt64
  var destinationCID: UInt64
  var sourcePort: UInt32
  var destinationPort: UInt32
  var length: UInt32 = 0
  var type: UInt16 = VsockHeader.streamType
  var operation: VsockOperation
  var flags: UInt32 = 0
  var bufferAllocation: UInt32 = 0
  var forwardedCount: UInt32 = 0
}

extension VsockHeader {
  /// Reads the first 44 bytes of `bytes`, which must be that long.
  init(_ bytes: UnsafeRawBufferPointer) {
    func value<T: FixedWidthInteger>(_ offset: Int, _: T.Type) -> T {
      T(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
    }
    sourceCID = value(0, UInt64.self)
    destinationCID = value(8, UInt64.self)
    sourcePort = value(16, UInt32.self)
    destinationPort = value(20, UInt32.self)
    length = value(24, UInt32.self)
    type = value(28, UInt16.self)
    operation = VsockOperation(rawValue: value(30, UInt16.self))
    flags = value(32, UInt32.self)
    bufferAllocation = value(36, UInt32.self)
    forwardedCount = value(40, UInt32.self)
  }

  /// Fills the first 44 bytes of `bytes`, which must be that long.
  func write(to bytes: UnsafeMutableRawBufferPointer) {
    func put<T: FixedWidthInteger>(_ value: T, _ offset: Int) {
      bytes.storeBytes(of: value.littleEndian, toByteOffset: offset, as: T.self)
    }
    put(sourceCID, 0)
    put(destinationCID, 8)
    put(sourcePort, 16)
    put(destinationPort, 20)
    put(length, 24)
    put(type, 28)
    put(operation.rawValue, 30)
    put(flags, 32)
    put(bufferAllocation, 36)
    put(forwardedCount, 40)
  }
}
