import Foundation
import HelperProtocol
import Virtualization

extension ConfigurationBuilder {
  private static let replaySizes: ClosedRange<UInt32> = (4 << 10)...(64 << 20)
  private static let defaultReplaySize: UInt32 = 1 << 20
  private static let nameLengths = 1...255

  func serialPortAttachment(
    _ wire: SerialPortAttachment, defaultName: String, at field: String
  ) throws -> (VZSerialPortAttachment, SerialPortAttachment) {
    switch wire {
    case .stream(var wire):
      let name = try consoleName(wire.name ?? defaultName, at: "\(field).name")
      let replaySize = wire.replaySize ?? Self.defaultReplaySize
      guard Self.replaySizes.contains(replaySize) else {
        throw WireError.invalidParams("\(field).replaySize", "must be from 4096 to 67108864 bytes, not \(replaySize)")
      }
      (wire.name, wire.replaySize) = (name, replaySize)
      return (try stream(wire, name: name, replaySize: replaySize, at: field), .stream(wire))
    case .file(let wire):
      return (try fileAttachment(wire, at: field), .file(wire))
    case .spiceAgent(let wire):
      let attachment = VZSpiceAgentPortAttachment()
      attachment.sharesClipboard = wire.sharesClipboard ?? true
      return (attachment, .spiceAgent(wire))
    }
  }

  private func fileAttachment(_ wire: FileAttachment, at field: String) throws -> VZSerialPortAttachment {
    let output = try self.output("serial port's file", wire.path.string, at: "\(field).path")
    // The framework's attachment may make the file at once.
    guard purpose == .machine else { return try discardingAttachment() }
    guard output.leadsToStream else {
      outputs.append(output)
      return try VZFileSerialPortAttachment(url: wire.path.url, append: wire.append ?? false)
    }
    // The framework would wait for a reader, and for one that is slow.
    let file = try output.open()
    return VZFileHandleSerialPortAttachment(
      fileHandleForReading: nil,
      fileHandleForWriting: FileHandle(fileDescriptor: file.descriptor, closeOnDealloc: true))
  }

  private func consoleName(_ name: String, at field: String) throws -> String {
    guard Self.nameLengths.contains(name.utf8.count) else {
      throw WireError.invalidParams(field, "must have 1 to 255 bytes")
    }
    try Bounds.checkName(name, at: field)
    try claims.claim(.streamName(name), at: field)
    return name
  }

  private func stream(
    _ wire: StreamAttachment, name: String, replaySize: UInt32, at field: String
  ) throws -> VZSerialPortAttachment {
    let output = try wire.logPath.map { try self.output("console log", $0.string, at: "\(field).logPath") }
    guard purpose == .machine else { return try discardingAttachment() }
    let log = try output.map { try ConsoleLog(path: $0) }
    let hub = try ConsoleHub(name: name, replaySize: UInt64(replaySize), log: log)
    consoles.append(hub)
    // One socket for both ways: the framework reads and writes it, the hub has its other end.
    return VZFileHandleSerialPortAttachment(
      fileHandleForReading: hub.guestHandle, fileHandleForWriting: hub.guestHandle)
  }

  /// Stands for a stream where nothing may be made.
  private func discardingAttachment() throws -> VZSerialPortAttachment {
    let null = FileHandle(forWritingAtPath: "/dev/null")
    return VZFileHandleSerialPortAttachment(fileHandleForReading: nil, fileHandleForWriting: null)
  }
}
