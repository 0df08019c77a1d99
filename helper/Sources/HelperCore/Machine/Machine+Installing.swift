import Foundation
import HelperProtocol
import Platform

/// Installing macOS. On the machine's queue, inside the line.
extension Machine {
  /// - Parameters:
  ///   - overwrite: whether a system on the disk of a bundle may be lost.
  ///   - onProgress: called on the machine's queue.
  ///   - completion: called once, on the machine's queue, when the machine is stopped.
  func install(
    from path: String, overwrite: Bool, isCancelled: @escaping () -> Bool,
    onProgress: @escaping (MachineInstallProgress) -> Void,
    _ completion: @escaping (Result<MachineInstallResult, WireError>) -> Void
  ) {
    guard virtualMachine.canStart else {
      return completion(
        .failure(
          WireError(
            .invalidStateTransition,
            "The machine \(title) cannot be installed while it is \(currentState.rawValue). "
              + "Stop it first.")))
    }
    if let error = bundle?.refusalToInstall(overwrite: overwrite) { return completion(.failure(error)) }
    // A file of many GiB may be on a slow disk: its facts are read elsewhere.
    MacRestoreImage.load(from: URL(fileURLWithPath: path)) { [self] result in
      queue.async { [self] in
        do {
          let image = try result.get()
          if isCancelled() { throw WireError(.operationCancelled, "The installation was cancelled before it began.") }
          try preflight(image)
          try beginInstall(image, isCancelled, onProgress, completion)
        } catch {
          completion(.failure(WireError(error)))
        }
      }
    }
  }

  /// Ends the installations that go on or wait in line. May be called from any thread.
  func cancelInstallations() {
    installCancels.with { $0 += 1 }
  }

  private func preflight(_ image: MacRestoreImage) throws {
    guard isMac else {
      throw WireError(
        .invalidConfiguration, "The machine \(title) is no virtual Mac. Create one with a platform of the kind mac.")
    }
    let facts = RestoreImageInfo(image)
    let warnings = try InstallPreflight(
      version: facts.version, requirements: facts.requirements, cpuCount: configuration.cpuCount,
      memorySize: configuration.memorySize, diskSize: firstDisk.flatMap { DiskImageSize.inGuest(of: $0) },
      imageSize: facts.size, folder: firstDisk.map { ($0 as NSString).deletingLastPathComponent },
      takenSize: firstDisk.map(FileAllocation.usedSpace(of:)) ?? 0
    ).run()
    for warning in warnings { Log.warning("machine \(title): \(warning.message)") }
  }

  private var firstDisk: String? {
    guard case .virtioBlock(let block)? = configuration.storageDevices?.first,
      case .diskImage(let image) = block.attachment
    else { return nil }
    return image.path.string
  }

  private func beginInstall(
    _ image: MacRestoreImage, _ isCancelled: @escaping () -> Bool,
    _ onProgress: @escaping (MachineInstallProgress) -> Void,
    _ completion: @escaping (Result<MachineInstallResult, WireError>) -> Void
  ) throws {
    let installer = try MacInstaller(machine: virtualMachine, image: image)
    beginRun { [self] result in
      do {
        try install(image, with: installer, result.get(), isCancelled, onProgress, completion)
      } catch {
        completion(.failure(WireError(error)))
      }
    }
  }

  private func install(
    _ image: MacRestoreImage, with installer: MacInstaller, _ run: MachineRun, _ isCancelled: @escaping () -> Bool,
    _ onProgress: @escaping (MachineInstallProgress) -> Void,
    _ completion: @escaping (Result<MachineInstallResult, WireError>) -> Void
  ) throws {
    do {
      // Before the first byte is written: whatever happens from here on, the bundle does not look installed.
      try bundle?.installationWillBegin()
    } catch {
      run.end()
      throw error
    }
    move(to: .installing(run))
    let watch = InstallWatch(installer, on: queue, isCancelled: isCancelled, onProgress: onProgress)
    installer.install { [self] result in
      watch.end()
      if case .success = result {
        onProgress(
          MachineInstallProgress(phase: .finishing, fraction: 1, rate: 0, secondsSinceChange: 0, isStalled: false))
      }
      endInstall(run) {
        completion(Result { try self.installed(image, result) }.mapError { self.explain(WireError($0), image) })
      }
    }
  }

  private func installed(_ image: MacRestoreImage, _ result: Result<Void, any Error>) throws -> MachineInstallResult {
    try result.get()
    let version = "\(image.version)"
    try bundle?.installationDidEnd(InstalledSystem(version: version, build: image.build))
    return MachineInstallResult(version: version, build: image.build)
  }

  private func explain(_ error: WireError, _ image: MacRestoreImage) -> WireError {
    HostMatch(guest: image.version).explain(explain(error))
  }

  /// The framework may leave the machine running behind a finished installer.
  private func endInstall(_ run: MachineRun, _ completion: @escaping () -> Void) {
    let finish = { [self] in
      run.end()
      move(to: .stopped)
      completion()
    }
    guard virtualMachine.canStop else { return finish() }
    virtualMachine.stop { _ in finish() }
  }
}
