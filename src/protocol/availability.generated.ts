// generated from protocol/spec by scripts/generate.ts, do not edit

/** From which macOS and on which processor something exists, and whether the Linux module has it. */
export interface Availability {
  /** The first version of macOS that has it, such as 14.0. */
  readonly macOS?: string;
  /** The only processor that has it. */
  readonly arch?: "arm64" | "x86_64";
  /** A sentence says why not, or what differs. */
  readonly linux?: boolean | string;
}

/** By the name of a method, type, event, or member (`Type.field`). What is not listed exists everywhere. */
export const availability: Readonly<Record<string, Availability>> = {
  "MachineConfiguration": {"macOS":"11.0","linux":true},
  "MachineConfiguration.label": {"macOS":"27.0","linux":true},
  "GenericPlatform": {"macOS":"12.0","linux":true},
  "GenericPlatform.machineIdentifier": {"macOS":"13.0","linux":true},
  "LinuxBootLoader": {"macOS":"11.0","linux":true},
  "VirtioBlockDevice": {"macOS":"11.0","linux":true},
  "VirtioBlockDevice.blockDeviceIdentifier": {"macOS":"12.3","linux":true},
  "DiskImageAttachment": {"macOS":"11.0","linux":true},
  "DiskImageAttachment.cachingMode": {"macOS":"12.0","linux":true},
  "DiskImageAttachment.synchronizationMode": {"macOS":"12.0","linux":true},
  "VirtioNetworkDevice": {"macOS":"11.0","linux":true},
  "NATAttachment": {"macOS":"11.0","linux":true},
  "NATAttachment.portForwards": {"macOS":"11.0","linux":true},
  "VirtioConsoleSerialPort": {"macOS":"11.0","linux":true},
  "VirtioConsoleDevice": {"macOS":"13.0","linux":true},
  "ConsolePort": {"macOS":"13.0","linux":true},
  "StreamAttachment": {"macOS":"11.0","linux":true},
  "FileAttachment": {"macOS":"11.0","linux":true},
  "SpiceAgentPortAttachment": {"macOS":"13.0","linux":true},
  "VirtioEntropyDevice": {"macOS":"11.0","linux":true},
  "VirtioTraditionalMemoryBalloonDevice": {"macOS":"11.0","linux":true},
  "VirtioFileSystemDevice": {"macOS":"12.0","linux":true},
  "SingleDirectoryShare": {"macOS":"12.0","linux":true},
  "MultipleDirectoryShare": {"macOS":"12.0","linux":true},
  "SharedDirectory": {"macOS":"12.0","linux":true},
  "VirtioSocketDevice": {"macOS":"11.0","linux":true},
  "DiskImageFormat.asif": {"macOS":"26.0","linux":false},
  "Display.pixelsPerInch": {"macOS":"12.0","arch":"arm64","linux":true},
  "MacPlatform": {"macOS":"12.0","arch":"arm64","linux":"Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon."},
  "MacOSBootLoader": {"macOS":"12.0","arch":"arm64","linux":"Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon."},
  "VirtioGraphicsDevice": {"macOS":"13.0","linux":true},
  "MacGraphicsDevice": {"macOS":"12.0","arch":"arm64","linux":"Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon."},
  "MacGraphicsDisplay": {"macOS":"12.0","arch":"arm64","linux":true},
  "USBKeyboard": {"macOS":"12.0","linux":true},
  "MacKeyboard": {"macOS":"14.0","arch":"arm64","linux":"Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon."},
  "USBScreenCoordinatePointingDevice": {"macOS":"12.0","linux":true},
  "MacTrackpad": {"macOS":"13.0","arch":"arm64","linux":"Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon."},
  "VirtioSoundDevice": {"macOS":"12.0","linux":true},
  "MacGuestProvisioning": {"macOS":"27.0","arch":"arm64","linux":true},
  "RestoreImageInfo": {"macOS":"12.0","arch":"arm64","linux":true},
  "RestoreImageRequirements": {"macOS":"12.0","arch":"arm64","linux":true},
  "SharingDevice": {"macOS":"12.0","linux":true},
  "WindowOptions.automaticallyReconfiguresDisplay": {"macOS":"14.0","linux":false},
  "StartWindow.automaticallyReconfiguresDisplay": {"macOS":"14.0","linux":false},
  "bundle.createMac": {"macOS":"12.0","arch":"arm64","linux":"Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon."},
  "BundleCreateMacParams.label": {"macOS":"27.0","linux":true},
  "bundle.import": {"macOS":"12.0","arch":"arm64","linux":"Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon."},
  "display.reconfigure": {"macOS":"14.0","linux":"On a Linux host a display keeps the size and the density it was configured with."},
  "display.screenshot": {"macOS":"12.0","linux":true},
  "mac.createAuxiliaryStorage": {"macOS":"12.0","arch":"arm64","linux":true},
  "mac.createMachineIdentifier": {"macOS":"12.0","arch":"arm64","linux":true},
  "machine.install": {"macOS":"12.0","arch":"arm64","linux":"Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon."},
  "MachineValidateResult.canSaveAndRestore": {"macOS":"14.0","linux":true},
  "MachineStartParams.startUpFromMacOSRecovery": {"macOS":"13.0","arch":"arm64","linux":true},
  "MachineStartParams.guestProvisioning": {"macOS":"27.0","arch":"arm64","linux":true},
  "MachineStateResult.canStop": {"macOS":"12.0","linux":true},
  "restoreImage.load": {"macOS":"12.0","arch":"arm64","linux":true},
  "restoreImage.latestSupported": {"macOS":"12.0","arch":"arm64","linux":true},
  "restoreImage.preflight": {"macOS":"12.0","arch":"arm64","linux":"Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon."},
  "sharing.setShare": {"macOS":"12.0","linux":true},
  "window.open": {"macOS":"12.0","linux":"There is no GUI on this system: windows need macOS. Use display.screenshot."},
  "WindowOpenParams.automaticallyReconfiguresDisplay": {"macOS":"14.0","linux":false},
};
