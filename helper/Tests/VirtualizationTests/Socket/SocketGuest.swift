import Foundation
import XCTest

@testable import Virtualization

/// A machine whose guest does nothing but sockets: it calls the host when it is up, and runs a shell per connection.
final class SocketGuest {
  private static let shellPort: UInt32 = 1024
  private static let callPort: UInt32 = 700

  let machine: TestMachine
  private let console: GuestConsole
  let acceptor: Acceptor

  /// Boots the guest and returns when its driver works.
  init() throws {
    console = try GuestConsole()
    let configuration = try Guest.configuration(running: "vsock connect 2 \(Self.callPort); sleep 1000000")
    configuration.serialPorts = [console.configuration]
    configuration.socketDevices = [VZVirtioSocketDeviceConfiguration()]
    let machine = TestMachine(configuration)
    self.machine = machine
    let devices = machine.queue.sync { machine.machine.socketDevices }
    acceptor = Acceptor(try XCTUnwrap(devices.first as? VZVirtioSocketDevice), queue: machine.queue)
    listen(Self.callPort)
    try machine.start()
    try waitUntilUp()
  }

  deinit {
    try? machine.stop()
  }

  func listen(_ port: UInt32) {
    acceptor.listen(port)
  }

  /// Waits until the guest calls, which it does each time it has booted.
  func waitUntilUp() throws {
    do {
      _ = try acceptor.nextConnection(seconds: 180)
    } catch {
      XCTFail("the guest does not call; it prints: \(console.text)")
      throw error
    }
  }

  /// Runs a command in the guest and returns the connection to its standard streams.
  func run(_ command: String) throws -> VZVirtioSocketConnection {
    let shell = try connect(Self.shellPort)
    // The shell reads ahead: what follows the line must not come before it has handed over.
    writeAll(shell.fileDescriptor, Array("exec 2>&1; echo; exec \(command)\n".utf8))
    XCTAssertEqual(readExactly(shell.fileDescriptor, 1), [10])
    return shell
  }

  /// Tries once to connect.
  func connect(once port: UInt32) -> Promise<VZVirtioSocketConnection> {
    acceptor.connect(port)
  }

  /// Connects to a port in the guest, again for as long as nobody listens there yet.
  private func connect(_ port: UInt32) throws -> VZVirtioSocketConnection {
    for _ in 0..<200 {
      do {
        return try connect(once: port).value()
      } catch let error as NSError where error.code == ECONNRESET {
        usleep(50_000)
      }
    }
    throw PeerFailure.missing("nobody listens at port \(port) of the guest")
  }
}
