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
      try HostFileCheck(role: "serial port's file", path: wire.path.string, field: "\(field).path").requireCreatable()
      // The framework's attachment may make the file at once.
      let attachment =
        purpose == .validation
        ? try discardingAttachment()
        : try VZFileSerialPortAttachment(url: wire.path.url, append: wire.append ?? false)
      return (attachment, .file(wire))
    case .spiceAgent(let wire):
      let attachment = VZSpiceAgentPortAttachment()
      attachment.sharesClipboard = wire.sharesClipboard ?? true
      return (attachment, .spiceAgent(wire))
    }
  }

  private func consoleName(_ name: String, at field: String) throws -> String {
    guard Self.nameLengths.contains(name.utf8.count), !name.utf8.contains(0) else {
      throw WireError.invalidParams(field, "must have 1 to 255 bytes and no NUL")
    }
    guard consoleNames.insert(name).inserted else {
      throw WireError.invalidParams(field, "is \"\(name)\", which another stream of this machine has already")
    }
    return name
  }

  private func stream(
    _ wire: StreamAttachment, name: String, replaySize: UInt32, at field: String
  ) throws -> VZSerialPortAttachment {
    if let path = wire.logPath {
      try HostFileCheck(role: "console log", path: path.string, field: "\(field).logPath").requireCreatable()
    }
    guard purpose == .machine else { return try discardingAttachment() }
    let log = try wire.logPath.map { try ConsoleLog(path: $0.string) }
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
