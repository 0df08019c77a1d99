import Foundation

/// Processors, memory, and how QEMU itself behaves.
extension QEMUCommandLine {
  static let monitorName = "monitor"

  /// - Parameter monitor: the child's end of the monitor's socket; ownership is taken.
  func addMachine(
    _ configuration: VZVirtualMachineConfiguration, accelerator: Accelerator, facts: QEMUFacts, monitor: Int32
  ) {
    let mebibytes = configuration.memorySize >> 20
    add("-nodefaults", "-no-user-config", "-display", "none")
    add("-object", "\(memoryBackend(configuration)),id=memory,size=\(mebibytes)M")
    add("-machine", "\(HostArchitecture.current.machineType),memory-backend=memory", "-m", "\(mebibytes)M")
    add("-smp", "\(configuration.cpuCount)")
    switch accelerator.kind {
    case .kvm: add("-accel", "kvm", "-cpu", "host")
    case .tcg:
      let thread = hasManyDevices(configuration) ? "single" : "multi"
      add("-accel", "tcg,thread=\(thread)", "-cpu", facts.emulatedProcessor)
    }
    if let platform = configuration.platform as? VZGenericPlatformConfiguration {
      add("-uuid", platform.machineIdentifier.uuid.uuidString.lowercased())
    }
    add("-chardev", "socket,id=\(Self.monitorName),fd=\(inherit(monitor))")
    add("-mon", "chardev=\(Self.monitorName),mode=control")
    // The guest starts to run when the monitor says so. A panic stops it, so that its cause can be told.
    add("-S", "-action", "panic=pause,shutdown=poweroff,reboot=reset")
    add("-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny")
    device("pvpanic-pci")
  }

  /// Whether there is more than a server has: a display brings the keyboard, the pointer, USB and sound.
  ///
  /// A processor that QEMU emulates in a thread of its own can use what it remembers of the guest's address space while
  /// another one changes it, as Linux does when it finds its PCI devices (compare QEMU's issue 3040). A store then reaches
  /// another device: the guest hangs or QEMU aborts. With four processors and the devices of a Mac that is one boot in
  /// twenty of QEMU 10.0.13 and about one in a hundred of 7.2; with few devices none of 160, and in one thread none of 100.
  private func hasManyDevices(_ configuration: VZVirtualMachineConfiguration) -> Bool {
    configuration.platform is VZMacPlatformConfiguration || !configuration.graphicsDevices.isEmpty
  }

  /// Devices that live in other processes or threads have to see the guest's memory. What nobody shares costs less to
  /// fault in, and can come in huge pages.
  private func memoryBackend(_ configuration: VZVirtualMachineConfiguration) -> String {
    let isShared = !configuration.socketDevices.isEmpty || !configuration.directorySharingDevices.isEmpty
    return isShared ? "memory-backend-memfd,share=on" : "memory-backend-ram,merge=off"
  }
}
