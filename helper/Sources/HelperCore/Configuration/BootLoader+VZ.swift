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
    let loader = VZLinuxBootLoader(kernelURL: wire.kernelPath.url)
    if let path = wire.initialRamdiskPath {
      try input("initial RAM disk", path.string, at: "\(field).initialRamdiskPath").requireReadable()
      loader.initialRamdiskURL = path.url
    }
    loader.commandLine = wire.commandLine ?? ""
    return loader
  }
}
