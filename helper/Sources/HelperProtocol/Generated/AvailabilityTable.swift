// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

extension Availability {
  /// By the name of a method, type, event, or member (`Type.field`). What is not listed exists everywhere.
  public static let table: [String: Availability] = [
    "MachineConfiguration": Availability(macOS: "11.0", linux: .yes),
    "MachineConfiguration.label": Availability(macOS: "27.0", linux: .yes),
    "GenericPlatform": Availability(macOS: "12.0", linux: .yes),
    "GenericPlatform.machineIdentifier": Availability(macOS: "13.0", linux: .yes),
    "LinuxBootLoader": Availability(macOS: "11.0", linux: .yes),
    "VirtioBlockDevice": Availability(macOS: "11.0", linux: .yes),
    "VirtioBlockDevice.blockDeviceIdentifier": Availability(macOS: "12.3", linux: .yes),
    "DiskImageAttachment": Availability(macOS: "11.0", linux: .yes),
    "DiskImageAttachment.cachingMode": Availability(macOS: "12.0", linux: .yes),
    "DiskImageAttachment.synchronizationMode": Availability(macOS: "12.0", linux: .yes),
    "VirtioNetworkDevice": Availability(macOS: "11.0", linux: .yes),
    "NATAttachment": Availability(macOS: "11.0", linux: .yes),
    "NATAttachment.portForwards": Availability(macOS: "11.0", linux: .yes),
    "VirtioConsoleSerialPort": Availability(macOS: "11.0", linux: .yes),
    "VirtioConsoleDevice": Availability(macOS: "13.0", linux: .yes),
    "ConsolePort": Availability(macOS: "13.0", linux: .yes),
    "StreamAttachment": Availability(macOS: "11.0", linux: .yes),
    "FileAttachment": Availability(macOS: "11.0", linux: .yes),
    "SpiceAgentPortAttachment": Availability(macOS: "13.0", linux: .yes),
    "VirtioEntropyDevice": Availability(macOS: "11.0", linux: .yes),
    "VirtioTraditionalMemoryBalloonDevice": Availability(macOS: "11.0", linux: .yes),
    "VirtioFileSystemDevice": Availability(macOS: "12.0", linux: .yes),
    "SingleDirectoryShare": Availability(macOS: "12.0", linux: .yes),
    "MultipleDirectoryShare": Availability(macOS: "12.0", linux: .yes),
    "SharedDirectory": Availability(macOS: "12.0", linux: .yes),
    "VirtioSocketDevice": Availability(macOS: "11.0", linux: .yes),
    "DiskImageFormat.asif": Availability(macOS: "26.0", linux: .no),
    "Display.pixelsPerInch": Availability(macOS: "12.0", architecture: "arm64", linux: .yes),
    "MacPlatform": Availability(
      macOS: "12.0", architecture: "arm64", linux: .note("Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.")),
    "MacOSBootLoader": Availability(
      macOS: "12.0", architecture: "arm64", linux: .note("Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.")),
    "VirtioGraphicsDevice": Availability(macOS: "13.0", linux: .yes),
    "MacGraphicsDevice": Availability(
      macOS: "12.0", architecture: "arm64", linux: .note("Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.")),
    "MacGraphicsDisplay": Availability(macOS: "12.0", architecture: "arm64", linux: .yes),
    "USBKeyboard": Availability(macOS: "12.0", linux: .yes),
    "MacKeyboard": Availability(
      macOS: "14.0", architecture: "arm64", linux: .note("Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.")),
    "USBScreenCoordinatePointingDevice": Availability(macOS: "12.0", linux: .yes),
    "MacTrackpad": Availability(
      macOS: "13.0", architecture: "arm64", linux: .note("Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.")),
    "VirtioSoundDevice": Availability(macOS: "12.0", linux: .yes),
    "MacGuestProvisioning": Availability(macOS: "27.0", architecture: "arm64", linux: .yes),
    "RestoreImageInfo": Availability(macOS: "12.0", architecture: "arm64", linux: .yes),
    "RestoreImageRequirements": Availability(macOS: "12.0", architecture: "arm64", linux: .yes),
    "SharingDevice": Availability(macOS: "12.0", linux: .yes),
    "WindowOptions.automaticallyReconfiguresDisplay": Availability(macOS: "14.0", linux: .no),
    "StartWindow.automaticallyReconfiguresDisplay": Availability(macOS: "14.0", linux: .no),
    "bundle.createMac": Availability(
      macOS: "12.0", architecture: "arm64", linux: .note("Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.")),
    "BundleCreateMacParams.label": Availability(macOS: "27.0", linux: .yes),
    "bundle.import": Availability(
      macOS: "12.0", architecture: "arm64", linux: .note("Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.")),
    "display.reconfigure": Availability(
      macOS: "14.0", linux: .note("On a Linux host a display keeps the size and the density it was configured with.")),
    "display.screenshot": Availability(macOS: "12.0", linux: .yes),
    "mac.createAuxiliaryStorage": Availability(macOS: "12.0", architecture: "arm64", linux: .yes),
    "mac.createMachineIdentifier": Availability(macOS: "12.0", architecture: "arm64", linux: .yes),
    "machine.install": Availability(
      macOS: "12.0", architecture: "arm64", linux: .note("Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.")),
    "MachineValidateResult.canSaveAndRestore": Availability(macOS: "14.0", linux: .yes),
    "MachineStartParams.startUpFromMacOSRecovery": Availability(macOS: "13.0", architecture: "arm64", linux: .yes),
    "MachineStartParams.guestProvisioning": Availability(macOS: "27.0", architecture: "arm64", linux: .yes),
    "MachineStateResult.canStop": Availability(macOS: "12.0", linux: .yes),
    "restoreImage.load": Availability(macOS: "12.0", architecture: "arm64", linux: .yes),
    "restoreImage.latestSupported": Availability(macOS: "12.0", architecture: "arm64", linux: .yes),
    "restoreImage.preflight": Availability(
      macOS: "12.0", architecture: "arm64", linux: .note("Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.")),
    "sharing.setShare": Availability(macOS: "12.0", linux: .yes),
    "window.open": Availability(
      macOS: "12.0", linux: .note("There is no GUI on this system: windows need macOS. Use display.screenshot.")),
    "WindowOpenParams.automaticallyReconfiguresDisplay": Availability(macOS: "14.0", linux: .no),
  ]
}
