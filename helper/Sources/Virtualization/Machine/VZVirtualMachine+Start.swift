import Foundation

extension VZVirtualMachine {
  /// Starts the machine; allowed when it is stopped or was stopped by an error.
  ///
  /// - Parameter completionHandler: called on the machine's queue when the guest has begun to run, or with a `VZError`:
  ///   `invalidVirtualMachineStateTransition`, `invalidVirtualMachineConfiguration`, `invalidDiskImage`, `notSupported`
  ///   (something this host lacks), `operationCancelled` (stopped meanwhile), `internalError`. After a failure the
  ///   machine is stopped.
  public func start(completionHandler: @escaping (Result<Void, any Error>) -> Void) {
    start(MacStart(), completionHandler)
  }

  private func start(_ macStart: MacStart, _ completionHandler: @escaping (Result<Void, any Error>) -> Void) {
    dispatchPrecondition(condition: .onQueue(queue))
    guard canStart else {
      return complete(completionHandler, .failure(transitionError("start", allowed: "stopped")))
    }
    state = .starting
    let session = HypervisorSession()
    do {
      let current = currentConfiguration
      try current.validate()
      let sockets = try makeSocketBackends()
      prepareDevices(for: session, sockets)
      session.start(
        current, sockets: sockets, macStart: macStart,
        onEvent: { [weak self, queue] event in queue.async { [weak self] in self?.take(event, of: session) } },
        onEnd: { [weak self, queue] end in queue.async { [weak self] in self?.runDidEnd(end, of: session) } },
        completion: { [weak self, queue] result in
          queue.async { [weak self] in
            guard let self else { return completionHandler(.failure(Self.goneError)) }
            self.startDidEnd(result, completionHandler)
          }
        })
    } catch {
      state = .stopped
      complete(completionHandler, .failure(error))
    }
  }

  /// As ``start(completionHandler:)``. The base class of the options has none; those of macOS are refused with
  /// `VZError.invalidVirtualMachineConfiguration` for a machine that does not boot macOS.
  public func start(
    options: VZVirtualMachineStartOptions, completionHandler: @escaping ((any Error)?) -> Void
  ) {
    var macStart = MacStart()
    if let options = options as? VZMacOSVirtualMachineStartOptions {
      guard configuration.bootLoader is VZMacOSBootLoader else {
        let error = VZError(
          .invalidVirtualMachineConfiguration,
          reason: "Start options of macOS are for machines with a VZMacOSBootLoader.")
        return queue.async { completionHandler(error) }
      }
      macStart = MacStart(options)
    }
    start(macStart) { result in
      if case .failure(let error) = result { completionHandler(error) } else { completionHandler(nil) }
    }
  }

  /// As ``start(completionHandler:)``; may be called from anywhere.
  public func start() async throws {
    try await onQueue { $0.start(completionHandler: $1) }
  }

  /// As ``start(options:completionHandler:)``; may be called from anywhere.
  public func start(options: VZVirtualMachineStartOptions) async throws {
    try await onQueue { machine, handler in
      machine.start(options: options) { handler($0.map { .failure($0) } ?? .success(())) }
    }
  }

  private static var goneError: VZError {
    VZError(.operationCancelled, reason: "The machine was released while it was starting.")
  }

  private func makeSocketBackends() throws -> [VhostUserVsockBackend] {
    // The address is the device's own: machines do not share a space of addresses, as they would in the host's kernel.
    try socketDevices.map { _ in try VhostUserVsockBackend(guestCID: 3, queue: queue) }
  }

  private func prepareDevices(for session: HypervisorSession, _ sockets: [VhostUserVsockBackend]) {
    self.session = session
    for (device, backend) in zip(socketDevices, sockets) { (device as? VZVirtioSocketDevice)?.setBackend(backend) }
    for case let balloon as VZVirtioTraditionalMemoryBalloonDevice in memoryBalloonDevices { balloon.reset() }
  }

  /// The configuration as the runtime devices have changed it since.
  private var currentConfiguration: VZVirtualMachineConfiguration {
    let current = configuration.snapshot()
    let shares = current.directorySharingDevices.compactMap { $0 as? VZVirtioFileSystemDeviceConfiguration }
    for (share, device) in zip(shares, directorySharingDevices) {
      share.share = (device as? VZVirtioFileSystemDevice)?.share
    }
    return current
  }

  private func startDidEnd(_ result: Result<Void, VZError>, _ handler: (Result<Void, any Error>) -> Void) {
    switch result {
    case .success:
      // Unless `stop` was called meanwhile, whose end is still to come.
      if state == .starting { state = .running }
      for device in networkDevices where device.attachment == nil { device.applyLink() }
      handler(.success(()))
    case .failure(let error):
      endRun()
      state = .stopped
      handler(.failure(error))
    }
  }
}
