import Foundation
import XCTest

@testable import Virtualization

/// A program that accepts connections and hands them to the test.
final class Acceptor: NSObject, VZVirtioSocketListenerDelegate {
  let listener = VZVirtioSocketListener()
  private let device: VZVirtioSocketDevice
  private let queue: DispatchQueue
  private let lock = NSLock()
  private var accepted: [VZVirtioSocketConnection] = []
  private let arrivals = DispatchSemaphore(value: 0)
  private var isAccepting = true

  init(_ device: VZVirtioSocketDevice, queue: DispatchQueue) {
    self.device = device
    self.queue = queue
    super.init()
    listener.delegate = self
  }

  /// Accepts (or refuses) connections to the port from now on.
  func listen(_ port: UInt32, accepting: Bool = true) {
    queue.sync {
      isAccepting = accepting
      device.setSocketListener(listener, forPort: port)
    }
  }

  func listener(
    _ listener: VZVirtioSocketListener, shouldAcceptNewConnection connection: VZVirtioSocketConnection,
    from socketDevice: VZVirtioSocketDevice
  ) -> Bool {
    dispatchPrecondition(condition: .onQueue(queue))
    XCTAssertTrue(socketDevice === device)
    XCTAssertTrue(listener === self.listener)
    guard isAccepting else { return false }
    lock.withLock { accepted.append(connection) }
    arrivals.signal()
    return true
  }

  /// The next connection that was accepted.
  func nextConnection(seconds: Int = Int(patience)) throws -> VZVirtioSocketConnection {
    guard arrivals.wait(timeout: .now() + .seconds(seconds)) == .success else {
      throw PeerFailure.missing("nobody connected")
    }
    return lock.withLock { accepted.removeFirst() }
  }

  /// Starts to connect; the result comes through the returned object.
  func connect(_ port: UInt32) -> Promise<VZVirtioSocketConnection> {
    let promise = Promise<VZVirtioSocketConnection>()
    queue.async { [queue, device] in
      device.connect(toPort: port) { result in
        dispatchPrecondition(condition: .onQueue(queue))
        promise.fulfil(result)
      }
    }
    return promise
  }
}

/// A backend with its Apple face and a program that uses it.
final class SocketFixture {
  let queue = DispatchQueue(label: "machine")
  let backend: VhostUserVsockBackend
  let device: VZVirtioSocketDevice
  let acceptor: Acceptor

  init(patience: VsockDevice.Patience = .init()) throws {
    backend = try VhostUserVsockBackend(guestCID: FakeDriver.guestCID, queue: queue, patience: patience)
    device = VZVirtioSocketDevice(queue: queue)
    acceptor = Acceptor(device, queue: queue)
    queue.sync { device.setBackend(backend) }
  }

  deinit {
    backend.stop()
  }

  func listen(_ port: UInt32, accepting: Bool = true) { acceptor.listen(port, accepting: accepting) }

  func nextConnection() throws -> VZVirtioSocketConnection { try acceptor.nextConnection() }

  func connect(_ port: UInt32) -> Promise<VZVirtioSocketConnection> { acceptor.connect(port) }

  /// A stream that the guest has opened, and both of its ends.
  func open(
    _ driver: FakeDriver, guestPort: UInt32, port: UInt32 = 700, bufferAllocation: UInt32 = 256 * 1024
  ) throws -> (FakeStream, VZVirtioSocketConnection) {
    listen(port)
    let stream = FakeStream(driver, guestPort: guestPort, hostPort: port, bufferAllocation: bufferAllocation)
    XCTAssertEqual(try stream.open().operation, .response)
    return (stream, try nextConnection())
  }
}

/// The one result of a handler.
final class Promise<Value> {
  private let lock = NSLock()
  private let isDone = DispatchSemaphore(value: 0)
  private var result: Result<Value, any Error>?

  func fulfil(_ result: Result<Value, any Error>) {
    lock.withLock {
      XCTAssertNil(self.result, "a handler was called twice")
      self.result = result
    }
    isDone.signal()
  }

  func value(seconds: Int = Int(patience)) throws -> Value {
    guard isDone.wait(timeout: .now() + .seconds(seconds)) == .success else {
      throw PeerFailure.missing("a handler was never called")
    }
    isDone.signal()
    return try lock.withLock { result }!.get()  // Set before the signal.
  }

  /// The errno value that it failed with.
  func failureCode() -> Int32? {
    do {
      _ = try value()
      return nil
    } catch let error as NSError where error.domain == NSPOSIXErrorDomain {
      XCTAssertFalse(error.localizedDescription.isEmpty)
      return Int32(error.code)
    } catch {
      XCTFail("\(error)")
      return nil
    }
  }
}
