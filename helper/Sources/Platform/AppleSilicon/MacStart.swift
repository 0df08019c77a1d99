#if os(Linux) || arch(arm64)
  import Virtualization

  /// A start of a virtual Mac that is not an ordinary one.
  ///
  /// Wraps `VZMacOSVirtualMachineStartOptions`, macOS 13.0.
  package struct MacStart {
    private let options = VZMacOSVirtualMachineStartOptions()

    /// - Parameter provisioning: only where ``GuestProvisioning/problem`` is nil.
    /// - Throws: what the framework says about the first user.
    package init(fromRecovery: Bool, provisioning: GuestProvisioning?) throws {
      options.startUpFromMacOSRecovery = fromRecovery
      try provisioning?.set(on: options)
    }

    /// Starts a machine, on its queue.
    ///
    /// - Parameter completion: called once, on the machine's queue.
    package func start(_ machine: VZVirtualMachine, _ completion: @escaping (Result<Void, any Error>) -> Void) {
      machine.start(options: options) { error in completion(error.map { .failure($0) } ?? .success(())) }
    }
  }
#endif
