import Foundation
import HelperProtocol
import Virtualization

extension ConfigurationBuilder {
  func serialPort(_ wire: SerialPort, _ index: Int, at field: String) throws -> (VZSerialPortConfiguration, SerialPort)
  {
    switch wire {
    case .virtioConsole(var wire):
      let port = VZVirtioConsoleDeviceSerialPortConfiguration()
      (port.attachment, wire.attachment) = try serialPortAttachment(
        wire.attachment, defaultName: "serial\(index)", at: "\(field).attachment")
      return (port, .virtioConsole(wire))
    }
  }

  func consoleDevice(
    _ wire: ConsoleDevice, _ index: Int, at field: String
  ) throws -> (VZConsoleDeviceConfiguration, ConsoleDevice) {
    switch wire {
    case .virtio(var wire):
      let device = VZVirtioConsoleDeviceConfiguration()
      for (number, wirePort) in wire.ports.enumerated() {
        let port = VZVirtioConsolePortConfiguration()
        try Bounds.checkName(wirePort.name, at: "\(field).ports[\(number)].name")
        let name = wirePort.name ?? defaultPortName(wirePort.attachment)
        (port.name, wire.ports[number].name) = (name, name)
        if let name { try claims.claim(.consolePortName(name), at: "\(field).ports[\(number)].name") }
        port.isConsole = wirePort.isConsole ?? false
        (port.attachment, wire.ports[number].attachment) = try serialPortAttachment(
          wirePort.attachment, defaultName: "console\(index).port\(number)", at: "\(field).ports[\(number)].attachment")
        device.ports[number] = port
      }
      return (device, .virtio(wire))
    }
  }

  /// The name by which a guest's program looks for a port of this kind.
  private func defaultPortName(_ attachment: SerialPortAttachment) -> String? {
    guard case .spiceAgent = attachment else { return nil }
    return VZSpiceAgentPortAttachment.spiceAgentPortName
  }
}
