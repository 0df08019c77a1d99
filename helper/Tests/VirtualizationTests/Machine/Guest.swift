import Foundation
import HostSystem
import XCTest

@testable import Virtualization

/// The guest that set-up makes, for tests that boot a machine for real.
enum Guest {
  static func folder() throws -> String {
    let cache = ProcessInfo.processInfo.environment["XDG_CACHE_HOME"] ?? NSHomeDirectory() + "/.cache"
    let folder = cache + "/vzkit/guest"
    guard FileManager.default.fileExists(atPath: folder + "/vmlinuz") else {
      throw XCTSkip("there is no test guest in \(folder); `npm run setup` makes it")
    }
    return folder
  }

  /// A machine that boots the guest, which then runs `command` and turns itself off.
  static func configuration(running command: String? = nil, options: String = "") throws
    -> VZVirtualMachineConfiguration
  {
    if let problem = HypervisorHost.probe().qemuProblem { throw XCTSkip(problem.description) }
    let folder = try folder()
    let loader = VZLinuxBootLoader(kernelURL: URL(fileURLWithPath: folder + "/vmlinuz"))
    loader.initialRamdiskURL = URL(fileURLWithPath: folder + "/initramfs.cpio")
    let run = command.map { " vzkit.run=\"\($0)\"" } ?? " vzkit.console=plain"
    loader.commandLine = "console=hvc0 quiet\(run) \(options)"
    let configuration = VZVirtualMachineConfiguration()
    configuration.bootLoader = loader
    configuration.cpuCount = 1
    configuration.memorySize = 256 << 20
    return configuration
  }
}

/// The console of a guest under test: what it prints, and waiting for a line of it.
final class GuestConsole {
  let configuration = VZVirtioConsoleDeviceSerialPortConfiguration()
  private let ours: FileHandle
  private let condition = NSCondition()
  private var bytes = Data()

  init() throws {
    let (first, second) = try UnixSocket.makePair()
    ours = FileHandle(fileDescriptor: first, closeOnDealloc: true)
    let theirs = FileHandle(fileDescriptor: second, closeOnDealloc: true)
    configuration.attachment = VZFileHandleSerialPortAttachment(
      fileHandleForReading: theirs, fileHandleForWriting: theirs)
    let thread = Thread { [condition, weak self] in
      var room = [UInt8](repeating: 0, count: 64 << 10)
      while true {
        let count = read(first, &room, room.count)
        guard count > 0, let self else { return }
        condition.lock()
        self.bytes.append(contentsOf: room[0..<count])
        condition.broadcast()
        condition.unlock()
      }
    }
    thread.start()
  }

  deinit {
    shutdown(ours.fileDescriptor, Int32(SHUT_RDWR))
  }

  /// All that was printed, with plain line ends.
  var text: String { condition.withLock { currentText } }

  private var currentText: String {
    String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
  }

  /// Starts over with an empty record.
  func forget() {
    condition.withLock { bytes = Data() }
  }

  func send(_ line: String) {
    ours.write(Data((line + "\n").utf8))
  }

  /// Waits for a piece of text; fails with all of the output when it does not come.
  func wait(for piece: String, seconds: Double = 60, file: StaticString = #filePath, line: UInt = #line) throws {
    let deadline = Date(timeIntervalSinceNow: seconds)
    condition.lock()
    defer { condition.unlock() }
    while !currentText.contains(piece) {
      guard condition.wait(until: deadline) else {
        XCTFail("no “\(piece)” in: \(currentText.suffix(2000))", file: file, line: line)
        throw CancellationError()
      }
    }
  }
}

/// A machine with its own queue and a record of what its delegate was told.
final class TestMachine: NSObject, VZVirtualMachineDelegate {
  enum Ending: Equatable {
    case guestStopped
    case error(String)
  }

  let machine: VZVirtualMachine
  let queue = DispatchQueue(label: "machine under test")
  private let condition = NSCondition()
  private var endings: [Ending] = []

  init(_ configuration: VZVirtualMachineConfiguration) {
    machine = VZVirtualMachine(configuration: configuration, queue: queue)
    super.init()
    queue.sync { machine.delegate = self }
  }

  var state: VZVirtualMachine.State { queue.sync { machine.state } }

  func start() throws { try perform { $0.start(completionHandler: $1) } }
  func pause() throws { try perform { $0.pause(completionHandler: $1) } }
  func resume() throws { try perform { $0.resume(completionHandler: $1) } }
  func stop() throws {
    try perform { machine, done in machine.stop { done($0.map { .failure($0) } ?? .success(())) } }
  }

  func perform(_ operation: (VZVirtualMachine, @escaping (Result<Void, any Error>) -> Void) -> Void) throws {
    var result: Result<Void, any Error>?
    let done = DispatchSemaphore(value: 0)
    queue.sync {
      operation(machine) { [queue] in
        dispatchPrecondition(condition: .onQueue(queue))
        result = $0
        done.signal()
      }
    }
    guard done.wait(timeout: .now() + 60) == .success else { throw POSIXError(.ETIMEDOUT) }
    try result?.get()
  }

  /// Waits until the delegate is told of the machine's end.
  func ending() throws -> Ending {
    condition.lock()
    defer { condition.unlock() }
    while endings.isEmpty {
      guard condition.wait(until: Date(timeIntervalSinceNow: 60)) else { throw POSIXError(.ETIMEDOUT) }
    }
    return endings.removeFirst()
  }

  func guestDidStop(_ virtualMachine: VZVirtualMachine) { note(.guestStopped) }

  func virtualMachine(_ virtualMachine: VZVirtualMachine, didStopWithError error: any Error) {
    note(.error(error.localizedDescription))
  }

  private func note(_ ending: Ending) {
    dispatchPrecondition(condition: .onQueue(queue))
    condition.withLock {
      endings.append(ending)
      condition.broadcast()
    }
  }
}
