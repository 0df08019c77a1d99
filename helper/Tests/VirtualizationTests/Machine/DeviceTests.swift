import HostSystem
import XCTest

@testable import Virtualization

/// The devices of a machine as a real guest sees them.
final class DeviceTests: XCTestCase {
  /// Boots, runs the command, and returns what the guest printed.
  private func run(_ command: String, _ change: (VZVirtualMachineConfiguration) throws -> Void) throws -> String {
    let console = try GuestConsole()
    let configuration = try Guest.configuration(running: command)
    configuration.serialPorts = [console.configuration]
    try change(configuration)
    let machine = TestMachine(configuration)
    try machine.start()
    XCTAssertEqual(try machine.ending(), .guestStopped)
    try console.wait(for: "vzkit-guest: exit")
    return console.text
  }

  func testGuestSeesProcessorsMemoryAndEntropy() throws {
    let text = try run("nproc; grep MemTotal /proc/meminfo; cat /sys/class/misc/hw_random/rng_current") {
      $0.cpuCount = 2
      $0.memorySize = 384 << 20
      $0.entropyDevices = [VZVirtioEntropyDeviceConfiguration()]
    }
    XCTAssertTrue(text.contains("\n2\n"), text)
    let total = try XCTUnwrap(text.firstMatch(of: #/MemTotal: +(\d+) kB/#).flatMap { Int($0.1) })
    XCTAssertTrue((300 << 10...384 << 10).contains(total), "\(total) KiB")
    XCTAssertTrue(text.contains("virtio_rng.0"), text)
  }

  func testDisksAreSeenReadAndWritten() throws {
    let first = try TestFile(Data("written by the host".utf8) + Data(count: (1 << 20) - 19))
    let second = try TestFile(Data(count: 513 * 512))
    let text = try run(
      "head -c 19 /dev/vda; echo; cat /sys/block/vda/serial; echo; cat /sys/block/vdb/size /sys/block/vdb/ro; "
        + "printf guest | dd of=/dev/vda bs=512 seek=8 conv=notrunc,fsync 2>/dev/null; "
        + "dd if=/dev/zero of=/dev/vdb count=1 2>/dev/null || echo refused"
    ) {
      let disk = VZVirtioBlockDeviceConfiguration(
        attachment: try VZDiskImageStorageDeviceAttachment(
          url: first.url, readOnly: false, cachingMode: .cached, synchronizationMode: .fsync))
      disk.blockDeviceIdentifier = "first,disk"
      let other = VZVirtioBlockDeviceConfiguration(
        attachment: try VZDiskImageStorageDeviceAttachment(url: second.url, readOnly: true))
      $0.storageDevices = [disk, other]
    }
    XCTAssertTrue(text.contains("written by the host\nfirst,disk\n513\n1\n"), text)
    XCTAssertTrue(text.contains("refused"), text)
    XCTAssertEqual(first.content[8 * 512..<8 * 512 + 5], Data("guest".utf8))
    XCTAssertEqual(first.content.count, 1 << 20)
  }

  func testDiskInUseIsRefused() throws {
    let disk = try TestFile(Data(count: 1 << 20))
    func machine(readOnly: Bool) throws -> TestMachine {
      let configuration = try Guest.configuration()
      configuration.storageDevices = [
        VZVirtioBlockDeviceConfiguration(
          attachment: try VZDiskImageStorageDeviceAttachment(url: disk.url, readOnly: readOnly))
      ]
      return TestMachine(configuration)
    }
    let holder = try machine(readOnly: false)
    let other = try machine(readOnly: false)
    try holder.start()
    for refused in [other, try machine(readOnly: true)] {
      XCTAssertThrowsError(try refused.start()) { error in
        XCTAssertTrue(error.localizedDescription.contains("in use by"), error.localizedDescription)
      }
      XCTAssertEqual(refused.state, .stopped)
    }
    try holder.stop()
    try other.start()
    try other.stop()
    let readers = [try machine(readOnly: true), try machine(readOnly: true)]
    for reader in readers { try reader.start() }
    for reader in readers { try reader.stop() }
  }

  func testNetworkAddressAndForwardedPort() throws {
    let console = try GuestConsole()
    let configuration = try Guest.configuration()
    configuration.serialPorts = [console.configuration]
    let network = VZVirtioNetworkDeviceConfiguration()
    let nat = VZNATNetworkDeviceAttachment()
    let port = try TCPClient.freePort()
    nat.portForwards = [.init(transport: .tcp, hostAddress: "127.0.0.1", hostPort: port, guestPort: 7777)]
    network.attachment = nat
    configuration.networkDevices = [network]
    let machine = TestMachine(configuration)
    try machine.start()
    try console.wait(for: "vzkit-guest: ready")
    console.send("while [ ! -s /run/address.eth0 ]; do usleep 50000; done")
    console.send("cat /run/address.eth0 /sys/class/net/eth0/address")
    try console.wait(for: "10.0.2.15")
    try console.wait(for: network.macAddress.string)
    console.send("nc -l -p 7777 -e echo hello from the guest & sleep 1; echo listening")
    try console.wait(for: "\nlistening")
    XCTAssertEqual(try TCPClient.read(port: port), "hello from the guest\n")
    machine.queue.sync { machine.machine.networkDevices[0].attachment = nil }
    console.send("while [ $(cat /sys/class/net/eth0/carrier) = 1 ]; do usleep 50000; done; echo un''plugged")
    try console.wait(for: "unplugged")
    try machine.stop()
  }

  func testBalloonTakesMemoryAndGivesItBack() throws {
    let console = try GuestConsole()
    let configuration = try Guest.configuration()
    configuration.serialPorts = [console.configuration]
    configuration.memoryBalloonDevices = [VZVirtioTraditionalMemoryBalloonDeviceConfiguration()]
    let machine = TestMachine(configuration)
    try machine.start()
    try console.wait(for: "vzkit-guest: ready")
    let balloon = try XCTUnwrap(
      machine.queue.sync { machine.machine.memoryBalloonDevices.first } as? VZVirtioTraditionalMemoryBalloonDevice)
    XCTAssertEqual(machine.queue.sync { balloon.targetVirtualMachineMemorySize }, 256 << 20)
    machine.queue.sync { balloon.targetVirtualMachineMemorySize = (128 << 20) + 4711 }
    XCTAssertEqual(machine.queue.sync { balloon.targetVirtualMachineMemorySize }, 128 << 20)
    console.send(
      "free() { set -- $(grep MemFree /proc/meminfo); echo $2; }; "
        + "while [ $(free) -gt 100000 ]; do usleep 50000; done; echo s''mall")
    try console.wait(for: "small")
    machine.queue.sync { balloon.targetVirtualMachineMemorySize = .max }
    XCTAssertEqual(machine.queue.sync { balloon.targetVirtualMachineMemorySize }, 256 << 20)
    console.send("while [ $(free) -lt 150000 ]; do usleep 50000; done; echo l''arge")
    try console.wait(for: "large")
    try machine.stop()
  }

  func testVirtioSocketsBothWays() throws {
    let console = try GuestConsole()
    let configuration = try Guest.configuration()
    configuration.serialPorts = [console.configuration]
    configuration.socketDevices = [VZVirtioSocketDeviceConfiguration()]
    let machine = TestMachine(configuration)
    let device = try XCTUnwrap(machine.queue.sync { machine.machine.socketDevices.first } as? VZVirtioSocketDevice)
    let acceptor = SocketAcceptor()
    let listener = VZVirtioSocketListener()
    listener.delegate = acceptor
    machine.queue.sync { device.setSocketListener(listener, forPort: 5000) }
    for _ in 1...2 {
      try machine.start()
      try console.wait(for: "vzkit-guest: ready")
      console.send("echo line for the host | vsock connect 2 5000")
      XCTAssertEqual(try acceptor.nextLine(), "line for the host\n")
      var result: Result<VZVirtioSocketConnection, any Error>?
      let done = DispatchSemaphore(value: 0)
      machine.queue.sync {
        device.connect(toPort: 1024) {
          result = $0
          done.signal()
        }
      }
      XCTAssertEqual(done.wait(timeout: .now() + 60), .success)
      let connection = try XCTUnwrap(result).get()
      let handle = FileHandle(fileDescriptor: connection.fileDescriptor, closeOnDealloc: false)
      handle.write(Data("echo from the guest; exit\n".utf8))
      XCTAssertEqual(String(decoding: handle.readDataToEndOfFile(), as: UTF8.self), "from the guest\n")
      connection.close()
      try machine.stop()
      console.forget()
    }
  }
}

/// Accepts everything and reads it to its end.
private final class SocketAcceptor: NSObject, VZVirtioSocketListenerDelegate {
  private let condition = NSCondition()
  private var lines: [String] = []

  func listener(
    _ listener: VZVirtioSocketListener, shouldAcceptNewConnection connection: VZVirtioSocketConnection,
    from socketDevice: VZVirtioSocketDevice
  ) -> Bool {
    let thread = Thread { [self] in
      let handle = FileHandle(fileDescriptor: connection.fileDescriptor, closeOnDealloc: false)
      let text = String(decoding: handle.readDataToEndOfFile(), as: UTF8.self)
      connection.close()
      condition.withLock {
        lines.append(text)
        condition.broadcast()
      }
    }
    thread.start()
    return true
  }

  func nextLine() throws -> String {
    condition.lock()
    defer { condition.unlock() }
    while lines.isEmpty {
      guard condition.wait(until: Date(timeIntervalSinceNow: 60)) else { throw POSIXError(.ETIMEDOUT) }
    }
    return lines.removeFirst()
  }
}

private enum TCPClient {
  /// A port of this host that nobody uses at the moment.
  static func freePort() throws -> UInt16 {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let failed = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) != 0 || getsockname(socket, $0, &length) != 0
      }
    }
    guard !failed else { throw SystemError(errno, "make a server") }
    return UInt16(bigEndian: address.sin_port)
  }

  /// Connects to a port of this host and reads to the end.
  static func read(port: UInt16) throws -> String {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw SystemError(errno, "connect") }
    var limit = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    return String(
      decoding: FileHandle(fileDescriptor: socket, closeOnDealloc: false).readDataToEndOfFile(), as: UTF8.self)
  }
}
