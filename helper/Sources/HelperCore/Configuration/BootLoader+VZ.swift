import Foundation
import HelperProtocol
import Virtualization

extension ConfigurationBuilder {
  func bootLoader(_ wire: BootLoader, at field: String) throws -> VZBootLoader {
    switch wire {
    case .linux(let wire): return try linuxBootLoader(wire, at: field)
    case .macOS: return VZMacOSBootLoader()
    }
  }

  private func linuxBootLoader(_ wire: LinuxBootLoader, at field: String) throws -> VZBootLoader {
    try HostFileCheck(role: "kernel", path: wire.kernelPath.string, field: "\(field).kernelPath").requireReadable()
    let loader = VZLinuxBootLoader(kernelURL: wire.kernelPath.url)
    if let path = wire.initialRamdiskPath {
      try HostFileCheck(role: "initial RAM disk", path: path.string, field: "\(field).initialRamdiskPath")
        .requireReadable()
      loader.initialRamdiskURL = path.url
    }
    loader.commandLine = wire.commandLine ?? ""
    return loader
  }
}
