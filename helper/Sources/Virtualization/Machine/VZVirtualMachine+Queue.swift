import Foundation

extension VZVirtualMachine {
  /// Calls a handler later, on the machine's queue, as the framework always does.
  func complete(
    _ handler: @escaping (Result<Void, any Error>) -> Void, _ result: Result<Void, any Error>
  ) {
    queue.async { handler(result) }
  }

  /// An operation with a handler as an asynchronous function.
  func onQueue(
    _ operation: @escaping (VZVirtualMachine, @escaping (Result<Void, any Error>) -> Void) -> Void
  ) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      queue.async { operation(self) { continuation.resume(with: $0) } }
    }
  }

  /// Something QEMU told by itself.
  func take(_ event: QMPEvent, of source: HypervisorSession) {
    guard source === session else { return }
    switch event.name {
    case "VSERPORT_CHANGE":
      guard let name = event.data["id"]?.string, let isOpen = event.data["open"]?.bool else { return }
      portDidChange(name, isOpen: isOpen)
    case "RESET":
      for case let device as VZVirtioSocketDevice in socketDevices { device.guestDidReset() }
    case "STOP": guestDidHalt(source)
    case "BLOCK_IO_ERROR": diskDidFail(event.data)
    // The session ends a guest that panicked.
    default: break
    }
  }

  private func portDidChange(_ name: String, isOpen: Bool) {
    for case (let index, let device as VZVirtioConsoleDevice) in consoleDevices.enumerated() {
      for number in 0..<Int(device.ports.maximumPortCount)
      where QEMUCommandLine.consolePortName(device: index, port: number) == name {
        return device.portDidChange(number, isOpen: isOpen)
      }
    }
  }
}
