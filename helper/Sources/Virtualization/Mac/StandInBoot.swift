import Foundation
import HostSystem

/// How one start of the stand-in goes; what `VZMacOSVirtualMachineStartOptions` says, in the module's own words.
struct MacStart {
  var isRecovery = false
  /// The account name of the guest's first user. Nothing else of the options reaches the guest, the password least.
  var username: String?

  init() {}

  init(_ options: VZMacOSVirtualMachineStartOptions) {
    isRecovery = options.startUpFromMacOSRecovery
    username = options.guestProvisioningOptions?.username
  }
}

extension QEMUCommandLine {
  /// Where what is shared under the automatic tag appears in a macOS guest, and so in the stand-in's.
  private static let automountFolder = "/Volumes/My Shared Files"

  /// Boots what the installer has put on the first disk.
  func addStandInBoot(_ configuration: VZVirtualMachineConfiguration, _ start: MacStart) throws {
    guard let image = configuration.storageDevices.first?.attachment as? VZDiskImageStorageDeviceAttachment else {
      throw VZError(.invalidVirtualMachineConfiguration, reason: "A virtual Mac needs a disk image as its first disk.")
    }
    let disk = open(image.url.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard disk >= 0 else { throw SystemError(errno, "open the disk image", path: image.url.path) }
    defer { close(disk) }
    guard let system = StandInSystem(disk: disk) else {
      throw VZError(
        .invalidDiskImage,
        reason: "There is no system on the disk \(image.url.path): it is not installed, or an installation of it was "
          + "interrupted.", suggestion: "Install it first.")
    }
    if start.username != nil, (MacVersion(system.version)?.major ?? 0) < 27 {
      throw VZError(
        .notSupported, reason: "Guest provisioning needs macOS 27 in the guest, which has \(system.version).",
        suggestion: "Start it without, or install a newer version.")
    }
    guard let kernel = system.file(of: system.kernel, on: disk, name: "kernel") else { throw damaged(image) }
    add("-kernel", "/proc/self/fd/\(inherit(kernel))")
    guard let ramdisk = system.file(of: system.initialRamdisk, on: disk, name: "ramdisk") else { throw damaged(image) }
    add("-initrd", "/proc/self/fd/\(inherit(ramdisk))")
    add("-append", commandLine(system, configuration, start))
  }

  private func commandLine(
    _ system: StandInSystem, _ configuration: VZVirtualMachineConfiguration, _ start: MacStart
  ) -> String {
    var words = [system.commandLine, "vzkit.standin=\(system.version),\(system.build)"]
    let tags = configuration.directorySharingDevices.compactMap { ($0 as? VZVirtioFileSystemDeviceConfiguration)?.tag }
    if tags.contains(VZVirtioFileSystemDeviceConfiguration.macOSGuestAutomountTag) {
      words.append(
        "vzkit.mount=\"\(VZVirtioFileSystemDeviceConfiguration.macOSGuestAutomountTag):\(Self.automountFolder)\"")
    }
    if start.isRecovery { words.append("vzkit.recovery") }
    if let username = start.username { words.append("vzkit.user=\(username)") }
    return words.joined(separator: " ")
  }

  private func damaged(_ image: VZDiskImageStorageDeviceAttachment) -> VZError {
    VZError(
      .invalidDiskImage, reason: "The system on the disk \(image.url.path) is damaged.", suggestion: "Install it again."
    )
  }
}
