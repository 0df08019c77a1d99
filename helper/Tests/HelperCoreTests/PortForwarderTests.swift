import Foundation
import HelperProtocol
import HostSystem
import Platform
import XCTest

@testable import HelperCore

final class PortForwarderTests: XCTestCase {
  /// A server that stands for the guest's: it sends back what it gets.
  private final class Echo {
    let reservation: PortReservation
    private let listener: Int32

    init() throws {
      reservation = try PortReservation(on: "127.0.0.1", isUDP: false)
      reservation.hand()
      listener = try InternetSocket.listen(on: "127.0.0.1", port: reservation.port)
      let listener = listener
      Thread.detachNewThread {
        var watched = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        while poll(&watched, 1, -1) > 0, watched.revents & Int16(POLLNVAL) == 0 {
          guard let client = try? StreamSockets.accept(on: listener) else { return }
          Thread.detachNewThread {
            let stream = TestStream(client)
            if let data = try? stream.readToEnd() { try? stream.write(data) }
          }
        }
      }
    }

    deinit {
      shutdown(listener, Int32(SHUT_RDWR))
      close(listener)
    }
  }

  private func forwarder(
    _ port: PortReservation, to guestPort: UInt16, at address: String? = "127.0.0.1"
  ) throws -> PortForwarder {
    Signals.ignoreSelfInflicted()
    port.hand()
    return try PortForwarder(
      hostAddress: "127.0.0.1", hostPort: port.port, guestPort: guestPort, guestAddress: { address })
  }

  private func connect(_ port: UInt16) throws -> TestStream {
    let descriptor = try InternetSocket.startConnecting(to: "127.0.0.1", port: port)
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    poll(&watched, 1, 60_000)
    return TestStream(descriptor)
  }

  func testCarriesBytesAndEndsOfManyConnections() throws {
    let echo = try Echo()
    let port = try PortReservation(on: "127.0.0.1", isUDP: false)
    let forwarder = try forwarder(port, to: echo.reservation.port)
    defer { forwarder.close() }
    let streams = try (0..<20).map { _ in try connect(port.port) }
    for (number, stream) in streams.enumerated() {
      try stream.write(Data(repeating: UInt8(number), count: 100_000))
      stream.endOutput()
    }
    for (number, stream) in streams.enumerated() {
      XCTAssertTrue(try stream.readToEnd() == Data(repeating: UInt8(number), count: 100_000))
    }
  }

  func testAGuestThatIsNotThereEndsTheConnection() throws {
    let unused = try PortReservation(on: "127.0.0.1", isUDP: false)
    for address in ["127.0.0.1", nil] {
      let port = try PortReservation(on: "127.0.0.1", isUDP: false)
      let forwarder = try forwarder(port, to: unused.port, at: address)
      XCTAssertEqual(try connect(port.port).readToEnd(), Data())
      forwarder.close()
    }
  }

  func testAGuestThatCannotBeReachedIsLoggedOnce() throws {
    Signals.ignoreSelfInflicted()
    let unused = try PortReservation(on: "127.0.0.1", isUDP: false)
    let port = try PortReservation(on: "127.0.0.1", isUDP: false)
    port.hand()
    let lines = Locked<[String]>([])
    let forwarder = try PortForwarder(
      hostAddress: "127.0.0.1", hostPort: port.port, guestPort: unused.port, guestAddress: { "127.0.0.1" },
      onTrouble: { line in lines.with { $0.append(line) } })
    for _ in 0..<3 { XCTAssertEqual(try connect(port.port).readToEnd(), Data()) }
    forwarder.close()
    XCTAssertEqual(lines.value.count, 1)
    XCTAssertTrue(lines.value[0].contains("port \(unused.port) of the guest at 127.0.0.1"), lines.value[0])
  }

  func testTheHintAboutTheLocalNetworkIsForHostsThatGuardIt() {
    let refused = UnreachableGuest(address: "192.168.64.2", port: 22, number: EHOSTUNREACH)
    XCTAssertTrue(refused.text(on: (15, 0)).contains("Local Network"))
    for text in [refused.text(on: nil), refused.text(on: (14, 6))] {
      XCTAssertTrue(text.contains("port 22 of the guest at 192.168.64.2"), text)
      XCTAssertFalse(text.contains("Local Network"), text)
    }
    let closed = UnreachableGuest(address: "192.168.64.2", port: 22, number: ECONNREFUSED)
    XCTAssertFalse(closed.text(on: (26, 0)).contains("Local Network"))
  }

  func testClosingEndsConnectionsAndFreesThePort() throws {
    let echo = try Echo()
    let port = try PortReservation(on: "127.0.0.1", isUDP: false)
    let forwarder = try forwarder(port, to: echo.reservation.port)
    let stream = try connect(port.port)
    try stream.write(Data("hello".utf8))
    forwarder.close()
    XCTAssertEqual((try? stream.readToEnd()) ?? Data(), Data())
    port.release()
    close(try InternetSocket.listen(on: "127.0.0.1", port: port.port))
  }

  func testAPortThatCannotBeHadIsNamedWithItsField() throws {
    let port = try PortReservation(on: "127.0.0.1", isUDP: false)
    assertFails(.inUse, "forward.hostPort", "127.0.0.1", port.port)
    assertFails(.invalidConfiguration, "forward.hostAddress", "192.0.2.1", 0)
  }

  /// As the helper binds a port of a network that forwards none, and as it keeps one for a network that does.
  private func assertFails(
    _ kind: ErrorKind, _ path: String, _ address: String, _ port: UInt16, line: UInt = #line
  ) {
    let forward = HostPortForward(
      address: address, port: port, guestPort: 1, isUDP: false, isReserved: false, field: "forward")
    let ways: [() throws -> Any] = [
      { try forward.reserve() },
      {
        try forward.explainingErrors {
          try PortForwarder(hostAddress: address, hostPort: port, guestPort: 1, guestAddress: { nil })
        }
      },
    ]
    for way in ways {
      XCTAssertThrowsError(try way(), line: line) { error in
        let error = WireError(error)
        XCTAssertEqual(error.kind, kind, error.message, line: line)
        XCTAssertEqual(error.path, path, line: line)
        XCTAssertTrue(error.message.contains(port == 0 ? address : "\(port)"), error.message, line: line)
      }
    }
  }
}
