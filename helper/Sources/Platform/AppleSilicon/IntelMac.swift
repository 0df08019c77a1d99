#if os(macOS) && !arch(arm64)
  import Foundation
  import Virtualization

  // What stands on an Intel Mac in the place of the other files of this folder.

  extension MacRestoreImage {
    package typealias Completion = (Result<MacRestoreImage, any Error>) -> Void

    package static func load(from url: URL, _ completion: @escaping Completion) {
      completion(.failure(AppleSilicon.Missing()))
    }

    package static func fetchLatest(catalog: URL?, _ completion: @escaping Completion) {
      completion(.failure(AppleSilicon.Missing()))
    }
  }

  package final class MacInstaller {
    package init(machine: VZVirtualMachine, image: MacRestoreImage) throws { throw AppleSilicon.Missing() }

    package var fractionCompleted: Double { 0 }

    package func install(_ completion: @escaping (Result<Void, any Error>) -> Void) {
      completion(.failure(AppleSilicon.Missing()))
    }

    package func cancel() {}
  }

  package enum MacHardware {
    package struct Model {
      package init?(_ data: Data) throws { throw AppleSilicon.Missing() }
    }

    package struct Identifier {
      package init() throws { throw AppleSilicon.Missing() }
      package init?(_ data: Data) throws { throw AppleSilicon.Missing() }

      package var data: Data { Data() }
    }

    package static func makeAuxiliaryStorage(at url: URL, for model: Model, overwrite: Bool) throws {
      throw AppleSilicon.Missing()
    }

    package static func platform(
      model: Model, identifier: Identifier, auxiliaryStorage: URL
    ) throws -> VZPlatformConfiguration {
      throw AppleSilicon.Missing()
    }
  }

  package enum MacDevices {
    package static func bootLoader() throws -> VZBootLoader { throw AppleSilicon.Missing() }

    @available(macOS 14, *)
    package static func keyboard() throws -> VZKeyboardConfiguration { throw AppleSilicon.Missing() }

    package static func trackpad() throws -> VZPointingDeviceConfiguration { throw AppleSilicon.Missing() }

    package static func graphics(displays: [MacDisplaySize]) throws -> VZGraphicsDeviceConfiguration {
      throw AppleSilicon.Missing()
    }

    @available(macOS 14, *)
    package static func pixelsPerInch(of display: VZGraphicsDisplay) -> UInt32? { nil }

    @available(macOS 14, *)
    package static func reconfigure(_ display: VZGraphicsDisplay, _ size: MacDisplaySize) throws {
      throw AppleSilicon.Missing()
    }
  }

  extension GuestProvisioning {
    package static let problem: String? = AppleSilicon.missing
  }

  package struct MacStart {
    package init(fromRecovery: Bool, provisioning: GuestProvisioning?) throws { throw AppleSilicon.Missing() }

    package func start(_ machine: VZVirtualMachine, _ completion: @escaping (Result<Void, any Error>) -> Void) {
      completion(.failure(AppleSilicon.Missing()))
    }
  }
#endif
