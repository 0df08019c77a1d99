import Foundation
import HelperProtocol

/// Something by which guests, networks and services know one machine from all others.
enum MachineIdentity: Hashable {
  /// The data representation of a platform's machine identifier.
  case machineIdentifier(Data)
  case macAddress(String)

  /// What it is called in messages.
  var noun: String {
    switch self {
    case .machineIdentifier: return "machine identifier"
    case .macAddress(let address): return "MAC address \(address)"
    }
  }

  /// Equal for equal identities, in records of running machines.
  var text: String {
    switch self {
    case .machineIdentifier(let data): return "machineIdentifier \(data.base64EncodedString())"
    case .macAddress(let address): return "macAddress \(address.lowercased())"
    }
  }

  /// A name for its lock file. Identifiers can be of any length: what stands for them is their 64-bit FNV-1a hash.
  var lockName: String {
    let hash = text.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return "identity-" + String(hash, radix: 16)
  }
}

extension MachineConfiguration {
  /// What tells the machine from others, each once. Complete when everything is filled in.
  var identities: [MachineIdentity] {
    var all: [MachineIdentity] = []
    switch platform {
    case .mac(let mac): all += mac.machineIdentifier.map { [.machineIdentifier($0)] } ?? []
    case .generic(let generic): all += generic.machineIdentifier.map { [.machineIdentifier($0)] } ?? []
    case nil: break
    }
    for case .virtio(let device) in networkDevices ?? [] {
      guard let address = device.macAddress, !all.contains(.macAddress(address)) else { continue }
      all.append(.macAddress(address))
    }
    return all
  }
}
