#if os(Linux) || arch(arm64)
  import Foundation
  import Virtualization

  /// Installs macOS on a virtual Mac. Used on the machine's queue.
  ///
  /// Wraps `VZMacOSInstaller`, macOS 12.0.
  package final class MacInstaller {
    private let installer: VZMacOSInstaller

    package init(machine: VZVirtualMachine, image: MacRestoreImage) throws {
      installer = VZMacOSInstaller(virtualMachine: machine, restoringFromImageAt: image.url)
    }

    /// From 0 to 1.
    package var fractionCompleted: Double { installer.progress.fractionCompleted }

    /// Begins the installation, once.
    ///
    /// - Parameter completion: called once, on the machine's queue.
    package func install(_ completion: @escaping (Result<Void, any Error>) -> Void) {
      installer.install(completionHandler: completion)
    }

    /// Ends the installation, which then fails.
    package func cancel() { installer.progress.cancel() }
  }
#endif
