/// What differs between the processors a host may have.
struct HostArchitecture {
  let qemuName: String
  let qemuPackage: String
  let machineType: String
  /// Whether a boot image can be unpacked and entered directly; others are raw images already.
  let unpacksKernels: Bool
  /// Whether displays can speak VGA, so that firmware and kernels without a driver show something too.
  let hasVGA: Bool
  /// `/proc/cpuinfo` flags of which one must be there for KVM to work; empty when there is no such flag.
  let virtualizationFlags: Set<String>

  #if arch(x86_64)
    static let current = HostArchitecture(
      qemuName: "qemu-system-x86_64", qemuPackage: "qemu-system-x86", machineType: "q35,vmport=off",
      unpacksKernels: true, hasVGA: true, virtualizationFlags: ["vmx", "svm"])
  #else
    static let current = HostArchitecture(
      qemuName: "qemu-system-aarch64", qemuPackage: "qemu-system-arm", machineType: "virt,gic-version=3",
      unpacksKernels: false, hasVGA: false, virtualizationFlags: [])
  #endif
}
