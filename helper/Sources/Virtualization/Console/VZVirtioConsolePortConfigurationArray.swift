import Foundation

/// The ports of a Virtio console device by the guest's port number, with gaps where nothing is configured. (macOS 13)
open class VZVirtioConsolePortConfigurationArray: NSObject, NSCopying {
  private var ports: [Int: VZVirtioConsolePortConfiguration]
  private var chosenMaximum: UInt32?

  init(ports: [Int: VZVirtioConsolePortConfiguration], maximumPortCount: UInt32?) {
    self.ports = ports
    chosenMaximum = maximumPortCount
    super.init()
  }

  /// How many ports the guest may see; must be larger than the highest index in use. By default it is as small as that
  /// allows.
  public var maximumPortCount: UInt32 {
    get { chosenMaximum ?? smallestMaximum }
    set { chosenMaximum = newValue }
  }

  /// The port with the guest's number `portIndex`; nil where there is none.
  public subscript(portIndex: Int) -> VZVirtioConsolePortConfiguration? {
    get { ports[portIndex] }
    set { ports[portIndex] = newValue }
  }

  public func copy(with zone: NSZone? = nil) -> Any {
    snapshot()
  }

  func snapshot() -> VZVirtioConsolePortConfigurationArray {
    VZVirtioConsolePortConfigurationArray(
      ports: ports.mapValues { $0.snapshot() }, maximumPortCount: chosenMaximum)
  }

  /// The configured ports in the order of their numbers.
  var configured: [(index: Int, port: VZVirtioConsolePortConfiguration)] {
    ports.sorted { $0.key < $1.key }.map { (index: $0.key, port: $0.value) }
  }

  /// A virtio-serial bus of QEMU has 31 ports at most.
  private static let hostMaximum = 31

  private var smallestMaximum: UInt32 {
    UInt32(clamping: (ports.keys.max() ?? -1).addingReportingOverflow(1).partialValue)
  }

  func check() throws {
    for (index, port) in configured {
      try checking("[\(index)]") {
        guard index >= 0 else { throw ConfigurationProblem("A port's number cannot be negative.") }
        guard index < Self.hostMaximum else {
          throw ConfigurationProblem.notSupported("A Linux host offers ports 0 to \(Self.hostMaximum - 1).")
        }
        try port.check()
      }
    }
    try checking("maximumPortCount") {
      guard maximumPortCount >= smallestMaximum else {
        throw ConfigurationProblem(
          "\(maximumPortCount) is too small: the highest port in use is number \(smallestMaximum - 1).")
      }
      guard maximumPortCount <= Self.hostMaximum else {
        throw ConfigurationProblem.notSupported("A Linux host offers at most \(Self.hostMaximum) ports a device.")
      }
    }
  }
}
