import Foundation
import HelperProtocol
import Platform
import Virtualization

extension ConfigurationBuilder {
  func bootLoader(_ wire: BootLoader, at field: String) throws -> VZBootLoader {
    switch wire {
    case .linux(let wire): return try linuxBootLoader(wire, at: field)
    case .macOS: return try onAppleSilicon(field) { try MacDevices.bootLoader() }
    }
  }

  private func linuxBootLoader(_ wire: LinuxBootLoader, at field: String) throws -> VZBootLoader {
    try input("kernel", wire.kernelPath.string, at: "\(field).kernelPath").requireReadable()
    try checkKernel(wire, at: field)
    let loader = VZLinuxBootLoader(kernelURL: wire.kernelPath.url)
    if let path = wire.initialRamdiskPath {
      try input("initial RAM disk", path.string, at: "\(field).initialRamdiskPath").requireReadable()
      loader.initialRamdiskURL = path.url
    }
    loader.commandLine = wire.commandLine ?? ""
    return loader
  }
  /// The framework, and the hypervisor elsewhere, say little about a kernel that cannot be booted, and cut a command line
  /// that is too long.
  private func checkKernel(_ wire: LinuxBootLoader, at field: String) throws {
    let kernel = try KernelFile(path: wire.kernelPath.string)
    if let problem = kernel.problem(onlyKnown: HypervisorFacts.bootsKnownKernelsOnly) {
      throw WireError(
        .invalidConfiguration, "The kernel \(wire.kernelPath.string) in \(field).kernelPath \(problem)",
        path: "\(field).kernelPath")
    }
    let length = wire.commandLine?.utf8.count ?? 0
    guard length <= kernel.longestCommandLine else {
      throw WireError(
        .invalidConfiguration,
        "The kernel's command line has \(length) bytes in \(field).commandLine; this kernel takes "
          + "\(kernel.longestCommandLine) and would cut off the rest.", path: "\(field).commandLine")
    }
  }
}
