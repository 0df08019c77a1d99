import Foundation

/// The places of devices on the machine's first PCI bus.
enum PCISlots {
  /// The host bridge has slot 0 and the chipset slot 31.
  private static let slots = 1...30
  private static let functionsPerSlot = 8

  /// The most devices that a machine can have.
  static var maximum: Int { slots.count * functionsPerSlot }

  /// What to add to the description of each of `count` devices. QEMU gives each a slot of its own, in their order; where
  /// there are too few, they share: a slot has room for eight.
  static func addresses(for count: Int) -> [String] {
    guard count > slots.count else { return Array(repeating: "", count: count) }
    return (0..<count).map { index in
      let (slot, function) = (slots.lowerBound + index / functionsPerSlot, index % functionsPerSlot)
      return ",addr=0x\(String(slot, radix: 16)).\(function)" + (function == 0 ? ",multifunction=on" : "")
    }
  }
}

extension VZVirtualMachineConfiguration {
  /// How many devices the machine has on its first PCI bus.
  var pciDeviceCount: Int { pciDevices.map(\.count).reduce(1, +) }

  /// The device lists by name, with the places that each takes; a device by which a panic is told comes on top.
  private var pciDevices: [(name: String, count: Int)] {
    let keyboards = keyboards.filter { $0 is VZMacKeyboardConfiguration }.count
    let trackpads = pointingDevices.filter { $0 is VZMacTrackpadConfiguration }.count
    // All on one USB controller.
    let hasUSB = self.keyboards.count + pointingDevices.count > keyboards + trackpads
    return [
      ("storageDevices", storageDevices.count), ("networkDevices", networkDevices.count),
      ("directorySharingDevices", directorySharingDevices.count), ("consoleDevices", consoleDevices.count),
      ("serialPorts", serialPorts.count), ("graphicsDevices", displayPlans.count), ("audioDevices", audioDevices.count),
      ("entropyDevices", entropyDevices.count), ("keyboards", keyboards + (hasUSB ? 1 : 0)),
      ("pointingDevices", trackpads), ("socketDevices", socketDevices.count),
      ("memoryBalloonDevices", memoryBalloonDevices.count),
    ]
  }

  /// Throws a `ConfigurationProblem` when there are more devices than places.
  func checkPCIDevices() throws {
    let count = pciDeviceCount
    guard count > PCISlots.maximum, let most = pciDevices.max(by: { $0.count < $1.count }) else { return }
    throw ConfigurationProblem(
      "The machine has \(count) devices, \(most.count) of them here; a Linux host has places for \(PCISlots.maximum).",
      suggestion: "Take out \(count - PCISlots.maximum)."
    ).in(most.name)
  }
}
