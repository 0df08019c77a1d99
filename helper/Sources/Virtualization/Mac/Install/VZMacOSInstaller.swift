import Foundation

/// Installs macOS from a local restore image onto a machine's first disk. (macOS 12)
///
/// Made and used on the machine's queue. One object installs once.
open class VZMacOSInstaller: NSObject {
  /// The machine that is installed.
  public let virtualMachine: VZVirtualMachine
  /// The restore image's file.
  public let restoreImageURL: URL
  /// How far the installation is. Cancelling it ends the installation with `VZError.operationCancelled`.
  public let progress = Progress(totalUnitCount: 100)

  private var hasBegun = false

  /// - Parameters:
  ///   - virtualMachine: a stopped machine with a `VZMacPlatformConfiguration`.
  ///   - restoreImageFileURL: a file URL.
  public init(virtualMachine: VZVirtualMachine, restoringFromImageAt restoreImageFileURL: URL) {
    precondition(restoreImageFileURL.isFileURL, "a restore image must be downloaded before it can be installed")
    precondition(
      virtualMachine.configuration.platform is VZMacPlatformConfiguration, "only a virtual Mac can be installed so")
    dispatchPrecondition(condition: .onQueue(virtualMachine.queue))
    self.virtualMachine = virtualMachine
    restoreImageURL = restoreImageFileURL
    super.init()
  }

  /// Begins; allowed once, when the machine is stopped.
  ///
  /// - Parameter completionHandler: called on the machine's queue. The `VZError` is `installationFailed` with its cause
  ///   inside, `restoreImageLoadFailed`, `invalidRestoreImage`, `installationRequiresUpdate`, `operationCancelled`,
  ///   `invalidVirtualMachineStateTransition` or `invalidVirtualMachineConfiguration`.
  public func install(completionHandler: @escaping (Result<Void, any Error>) -> Void) {
    let machine = virtualMachine
    dispatchPrecondition(condition: .onQueue(machine.queue))
    precondition(!hasBegun, "an installer installs once")
    hasBegun = true
    guard machine.canStart else {
      return machine.complete(completionHandler, .failure(machine.transitionError("be installed", allowed: "stopped")))
    }
    machine.state = .running
    let installation = StandInInstallation(
      configuration: machine.configuration, restoreImage: restoreImageURL, progress: progress)
    DispatchQueue.global().async {
      let result = Result { try installation.run() }
      machine.queue.async {
        machine.state = .stopped
        completionHandler(result)
      }
    }
  }

  /// As ``install(completionHandler:)``; may be called from anywhere.
  public func install() async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      virtualMachine.queue.async { self.install { continuation.resume(with: $0) } }
    }
  }
}
