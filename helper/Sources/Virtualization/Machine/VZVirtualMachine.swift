import Foundation

/// A virtual machine.
///
/// All of it is used on the machine's queue, where completion handlers and delegate calls arrive too; only ``queue`` can be
/// read from anywhere. Behind a machine that is not stopped stands one QEMU process, which never outlives this object or
/// this process.
///
/// Wraps `VZVirtualMachine`, macOS 11.0.
open class VZVirtualMachine: NSObject {
  /// The serial queue of the machine (macOS 26.0).
  public nonisolated let queue: dispatch_queue_t

  /// Hears of what the machine does by itself.
  public weak var delegate: (any VZVirtualMachineDelegate)?

  /// What the machine is doing now.
  public internal(set) var state: State = .stopped

  public private(set) var networkDevices: [VZNetworkDevice] = []
  public private(set) var memoryBalloonDevices: [VZMemoryBalloonDevice] = []
  public private(set) var socketDevices: [VZSocketDevice] = []
  public private(set) var directorySharingDevices: [VZDirectorySharingDevice] = []
  public private(set) var consoleDevices: [VZConsoleDevice] = []
  public private(set) var graphicsDevices: [VZGraphicsDevice] = []

  /// The machine's own copy.
  let configuration: VZVirtualMachineConfiguration

  private let sessionLock = NSLock()
  private var currentSession: HypervisorSession?

  /// The run that is going on. Set on the machine's queue, read from anywhere.
  var session: HypervisorSession? {
    get { sessionLock.withLock { currentSession } }
    set { sessionLock.withLock { currentSession = newValue } }
  }

  /// Hears why QEMU holds the guest by itself, which pauses the machine; on the machine's queue.
  package var holdHandler: ((any Error) -> Void)?

  /// The last disk of this run that failed.
  var diskFault: DiskFault?

  /// What to do with the end of the run when it comes from ``stop(completionHandler:)``.
  var stopHandlers: [((any Error)?) -> Void] = []

  /// Whether this host can run machines at all. When false, no configuration can be started and the error says why.
  public class var isSupported: Bool { (try? HypervisorTool.qemu.find()) != nil }

  /// A machine on the main queue. Otherwise as ``init(configuration:queue:)``.
  public convenience init(configuration: VZVirtualMachineConfiguration) {
    self.init(configuration: configuration, queue: .main)
  }

  /// - Parameters:
  ///   - configuration: is copied; later changes to it have no effect. It must be valid, which is checked again at start.
  ///   - queue: a serial queue.
  public init(configuration: VZVirtualMachineConfiguration, queue: dispatch_queue_t) {
    self.configuration = configuration.snapshot()
    self.queue = queue
    super.init()
    makeDevices()
  }

  deinit {
    currentSession?.kill()
  }

  private func makeDevices() {
    networkDevices = configuration.networkDevices.enumerated().map {
      VZNetworkDevice(machine: self, index: $0.offset, attachment: $0.element.attachment)
    }
    memoryBalloonDevices = configuration.memoryBalloonDevices.map { _ in
      VZVirtioTraditionalMemoryBalloonDevice(machine: self, memorySize: configuration.memorySize)
    }
    socketDevices = configuration.socketDevices.map { _ in VZVirtioSocketDevice(queue: queue) }
    let shares = configuration.directorySharingDevices.compactMap { $0 as? VZVirtioFileSystemDeviceConfiguration }
    directorySharingDevices = shares.enumerated().map {
      VZVirtioFileSystemDevice(machine: self, index: $0.offset, tag: $0.element.tag, share: $0.element.share)
    }
    let consoles = configuration.consoleDevices.compactMap { $0 as? VZVirtioConsoleDeviceConfiguration }
    consoleDevices = consoles.map { VZVirtioConsoleDevice(configuration: $0) }
    graphicsDevices = configuration.graphicsDevices.map { $0.makeDevice() }
  }

  // MARK: - What is allowed now

  public var canStart: Bool { state == .stopped || state == .error }
  public var canStop: Bool { state == .running || state == .paused }
  public var canPause: Bool { state == .running }
  public var canResume: Bool { state == .paused }
  public var canRequestStop: Bool { state == .running || state == .paused }

  /// The error of an operation that the present state does not allow.
  func transitionError(_ operation: String, allowed: String) -> VZError {
    VZError(
      .invalidVirtualMachineStateTransition,
      reason: "The machine cannot \(operation) while it is \(state.words).",
      suggestion: "It can when it is \(allowed).")
  }
}

extension VZVirtualMachine.State {
  var words: String {
    switch self {
    case .stopped: "stopped"
    case .running: "running"
    case .paused: "paused"
    case .error: "stopped by an error"
    case .starting: "starting"
    case .pausing: "pausing"
    case .resuming: "resuming"
    case .stopping: "stopping"
    case .saving: "saving its state"
    case .restoring: "restoring its state"
    }
  }
}
