import Foundation

extension QEMUCommandLine {
  /// The kernel's own command line is passed as it is: nothing is added behind the user's back.
  ///
  /// - Parameter hasDisplay: whether there is a display for the kernel's own text. Only the boot image's first part asks the
  ///   firmware what the screen is like; a kernel that is entered without it shows nothing there.
  func addBoot(_ bootLoader: VZBootLoader?, hasDisplay: Bool) throws {
    guard let linux = bootLoader as? VZLinuxBootLoader else {
      throw VZError(.notSupported, reason: "This kind of boot loader cannot be run by a Linux host.")
    }
    let kernel = linux.kernelURL.path
    add("-kernel", hasDisplay ? kernel : KernelImage.bootable(kernel))
    if let ramdisk = linux.initialRamdiskURL { add("-initrd", ramdisk.path) }
    if !linux.commandLine.isEmpty { add("-append", linux.commandLine) }
  }
}
