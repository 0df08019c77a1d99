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
      device("virtio-serial-pci,id=serialbus\(index),max_ports=1")
      device("virtconsole,bus=serialbus\(index).0,chardev=\(endpoint.name)")
      return endpoint
    }
  }

  func addConsoles(_ devices: [VZConsoleDeviceConfiguration]) throws -> [ConsoleEndpoint] {
    var endpoints: [ConsoleEndpoint] = []
    for (index, configuration) in devices.enumerated() {
      guard let virtio = configuration as? VZVirtioConsoleDeviceConfiguration else {
        throw VZError(.notSupported, reason: "consoleDevices[\(index)]: a Linux host cannot run this kind of device.")
      }
      // QEMU keeps port 0 for a console. Where it is none, all ports move up by one; a guest finds ports by name.
      let first = virtio.ports[0].map { $0.isConsole ? 0 : 1 } ?? 0
      device("virtio-serial-pci,id=consolebus\(index),max_ports=\(max(1, Int(virtio.ports.maximumPortCount) + first))")
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
