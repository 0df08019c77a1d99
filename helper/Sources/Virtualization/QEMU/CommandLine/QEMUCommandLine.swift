import CVirtualization
import Foundation

/// The arguments of one QEMU and the descriptors it inherits. Each device family adds its part in a file of its own.
final class QEMUCommandLine {
  private(set) var arguments: [String] = []
  /// In the child these are 3, 4, ...; owned by this object.
  private(set) var descriptors: [Int32] = []
  private var descriptorSets = 0
  private var rootPorts = 0

  deinit {
    closeDescriptors()
  }

  func add(_ parts: String...) {
    arguments += parts
  }

  func device(_ description: String) {
    add("-device", description)
  }

  /// Hands over a descriptor, and its ownership; returns the number it has in the child.
  func inherit(_ descriptor: Int32) -> Int {
    descriptors.append(descriptor)
    return 2 + descriptors.count
  }

  /// Hands over an open file; returns the path by which QEMU knows it. Unlike a path of the file system it cannot come
  /// to mean another file, and the lock taken through it stays with the descriptor.
  func inheritFile(_ descriptor: Int32) -> String {
    descriptorSets += 1
    add("-add-fd", "fd=\(inherit(descriptor)),set=\(descriptorSets)")
    return "/dev/fdset/\(descriptorSets)"
  }

  /// Adds a slot that a device can be taken out of while the machine exists; returns its name.
  func addRootPort() -> String {
    rootPorts += 1
    device("pcie-root-port,id=port\(rootPorts),chassis=\(rootPorts),slot=\(rootPorts)")
    return "port\(rootPorts)"
  }

  /// Gives the devices their places on the first PCI bus, once all are there. The others name the bus they are on.
  func placePCIDevices() {
    let places = arguments.indices.dropFirst().filter {
      arguments[$0 - 1] == "-device" && !arguments[$0].contains(",bus=")
    }
    for (place, address) in zip(places, PCISlots.addresses(for: places.count)) { arguments[place] += address }
  }

  /// The child has its copies once it runs.
  func closeDescriptors() {
    for descriptor in descriptors { close(descriptor) }
    descriptors.removeAll()
  }

  /// QEMU separates options by commas and takes two of them for one.
  static func escape(_ text: String) -> String {
    text.contains(",") ? text.replacingOccurrences(of: ",", with: ",,") : text
  }
}
