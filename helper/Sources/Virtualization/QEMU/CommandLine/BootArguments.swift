import Foundation

extension QEMUCommandLine {
  /// The kernel's own command line is passed as it is: nothing is added behind the user's back.
  func addBoot(_ bootLoader: VZBootLoader?) throws {
    guard let linux = bootLoader as? VZLinuxBootLoader else {
      throw VZError(.notSupported, reason: "This kind of boot loader cannot be run by a Linux host.")
    }
    add("-kernel", KernelImage.bootable(linux.kernelURL.path))
    if let ramdisk = linux.initialRamdiskURL { add("-initrd", ramdisk.path) }
    if !linux.commandLine.isEmpty { add("-append", linux.commandLine) }
  }
}
