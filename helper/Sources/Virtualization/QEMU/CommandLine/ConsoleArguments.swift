import CVirtualization
import Foundation

extension QEMUCommandLine {
  static func consolePortName(device: Int, port: Int) -> String { "console\(device)port\(port)" }

  /// Each serial port is a console device of its own with one port, as a guest of Apple's framework sees it. Returns
  /// what must live as long as the machine.
  func addSerialPorts(_ ports: [VZSerialPortConfiguration]) throws -> [ConsoleEndpoint] {
    try ports.enumerated().map { index, configuration in
      let endpoint = try ConsoleEndpoint.make(for: configuration.attachment, name: "serial\(index)", in: self)
      // With one port only there is no control queue to go through, and the console is there at once.
      device("virtio-serial-pci,id=serialbus\(index),\(Self.portOptions(1))")
      device("virtconsole,bus=serialbus\(index).0,chardev=\(endpoint.name)")
      return endpoint
    }
  }

  /// An interrupt for each queue (two for each port and two for control) and one for the device. With the fewer ones of
  /// QEMU's default all queues share one, which Linux turns off after 100,000 writes to a console: nobody handles the
  /// interrupts of its output. Its input would go deaf with it.
  private static func portOptions(_ count: Int) -> String {
    "max_ports=\(count),vectors=\(count == 1 ? 3 : 2 * (count + 1) + 1)"
  }

  func addConsoles(_ devices: [VZConsoleDeviceConfiguration]) throws -> [ConsoleEndpoint] {
    var endpoints: [ConsoleEndpoint] = []
    for (index, configuration) in devices.enumerated() {
      guard let virtio = configuration as? VZVirtioConsoleDeviceConfiguration else {
        throw VZError(.notSupported, reason: "consoleDevices[\(index)]: a Linux host cannot run this kind of device.")
      }
      // QEMU keeps port 0 for a console. Where it is none, all ports move up by one; a guest finds ports by name.
      let first = virtio.ports[0].map { $0.isConsole ? 0 : 1 } ?? 0
      let count = max(1, Int(virtio.ports.maximumPortCount) + first)
      device("virtio-serial-pci,id=consolebus\(index),\(Self.portOptions(count))")
      for (number, port) in virtio.ports.configured {
        let name = Self.consolePortName(device: index, port: number)
        let endpoint = try ConsoleEndpoint.make(for: port.attachment, name: "\(name)data", in: self)
        let title = port.name.map { ",name=\(Self.escape($0))" } ?? ""
        device(
          "\(port.isConsole ? "virtconsole" : "virtserialport"),id=\(name),bus=consolebus\(index).0,nr=\(number + first),"
            + "chardev=\(endpoint.name)\(title)")
        endpoints.append(endpoint)
      }
    }
    return endpoints
  }
}
