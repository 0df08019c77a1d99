#if os(Linux) || arch(arm64)
  import Foundation
  import Virtualization

  /// What makes one virtual Mac differ from another, as data that is kept with its disk.
  package enum MacHardware {
    /// Wraps `VZMacHardwareModel`, macOS 12.0.
    package struct Model {
      let model: VZMacHardwareModel

      /// Nil when the data is not that of a hardware model.
      package init?(_ data: Data) throws {
        guard let model = VZMacHardwareModel(dataRepresentation: data) else { return nil }
        self.model = model
      }
    }

    /// Wraps `VZMacMachineIdentifier`, macOS 12.0.
    package struct Identifier {
      let identifier: VZMacMachineIdentifier

      /// Makes one that differs from all others.
      package init() throws { identifier = VZMacMachineIdentifier() }

      /// Nil when the data is not that of a machine identifier.
      package init?(_ data: Data) throws {
        guard let identifier = VZMacMachineIdentifier(dataRepresentation: data) else { return nil }
        self.identifier = identifier
      }

      package var data: Data { identifier.dataRepresentation }
    }

    /// Makes the file in which a virtual Mac's firmware keeps what it stores. (`VZMacAuxiliaryStorage`, macOS 12.0)
    ///
    /// - Throws: what the framework says, of an existing file too unless `overwrite` is set.
    package static func makeAuxiliaryStorage(at url: URL, for model: Model, overwrite: Bool) throws {
      _ = try VZMacAuxiliaryStorage(
        creatingStorageAt: url, hardwareModel: model.model, options: overwrite ? .allowOverwrite : [])
    }

    /// Wraps `VZMacPlatformConfiguration`, macOS 12.0.
    package static func platform(
      model: Model, identifier: Identifier, auxiliaryStorage: URL
    ) throws -> VZPlatformConfiguration {
      let platform = VZMacPlatformConfiguration()
      platform.hardwareModel = model.model
      platform.machineIdentifier = identifier.identifier
      platform.auxiliaryStorage = VZMacAuxiliaryStorage(url: auxiliaryStorage)
      return platform
    }
  }
#endif
