import Foundation

/// The rules of a whole configuration, in the order in which a user would want to hear of them.
struct ConfigurationCheck {
  let configuration: VZVirtualMachineConfiguration

  func run() throws {
    try checkMachine()
    try checkBoot()
    try checkEach(configuration.storageDevices, of: "storageDevices") { try $0.check() }
    try DiskSharingCheck(devices: configuration.storageDevices).run()
    try checkEach(configuration.networkDevices, of: "networkDevices") { try $0.check() }
    try checkSerialPorts()
    try checkEach(configuration.consoleDevices, of: "consoleDevices") { try $0.check() }
    try checkSharing()
    try checkAtMostOne(configuration.socketDevices, of: "socketDevices", "Virtio socket device")
    try checkAtMostOne(configuration.memoryBalloonDevices, of: "memoryBalloonDevices", "Virtio memory balloon")
    try checkEach(configuration.graphicsDevices, of: "graphicsDevices") { try $0.check() }
    try checkEach(configuration.audioDevices, of: "audioDevices") { try $0.check() }
    try checkEach(configuration.keyboards, of: "keyboards") { try $0.check() }
    try checkEach(configuration.pointingDevices, of: "pointingDevices") { try $0.check() }
    try checkEach(configuration.usbControllers, of: "usbControllers") { try $0.check() }
    try configuration.checkPCIDevices()
    try checkHost()
  }

  private func checkMachine() throws {
    try checking("cpuCount") { try checkCPUCount() }
    try checking("memorySize") { try checkMemorySize() }
    try checking("label") { try checkLabel() }
  }

  private func checkCPUCount() throws {
    let allowed = HostLimits.cpuCounts
    guard allowed.contains(configuration.cpuCount) else {
      throw ConfigurationProblem(
        "\(configuration.cpuCount) virtual CPUs are too \(configuration.cpuCount < allowed.lowerBound ? "few" : "many"); "
          + "this host allows \(allowed.lowerBound) to \(allowed.upperBound).")
    }
  }

  private func checkMemorySize() throws {
    let size = configuration.memorySize
    let allowed = HostLimits.memorySizes
    guard size % HostLimits.mebibyte == 0 else {
      throw ConfigurationProblem("\(size) bytes is not a multiple of 1 MiB (\(HostLimits.mebibyte) bytes).")
    }
    guard allowed.contains(size) else {
      throw ConfigurationProblem(
        "\(size >> 20) MiB of memory is too \(size < allowed.lowerBound ? "little" : "much"); "
          + "this host allows \(allowed.lowerBound >> 20) to \(allowed.upperBound >> 20) MiB.")
    }
  }

  private static let labelLengths = 1...64

  private func checkLabel() throws {
    guard let label = configuration.label else { return }
    guard Self.labelLengths.contains(label.count) else {
      throw ConfigurationProblem("The label has \(label.count) characters; it must have 1 to 64.")
    }
    guard label.contains(where: { !$0.isWhitespace }) else {
      throw ConfigurationProblem("The label consists of blanks only.")
    }
  }

  private func checkBoot() throws {
    try checking("platform") { try configuration.platform.check() }
    try checking("bootLoader") {
      guard let bootLoader = configuration.bootLoader else {
        throw ConfigurationProblem(
          "A boot loader is missing.", suggestion: "Set bootLoader, for example to a VZLinuxBootLoader.")
      }
      try bootLoader.check(in: configuration)
    }
  }

  private static let maximumSerialPorts = 10

  private func checkSerialPorts() throws {
    let ports = configuration.serialPorts
    guard ports.count <= Self.maximumSerialPorts else {
      throw ConfigurationProblem("\(ports.count) serial ports are too many; the limit is \(Self.maximumSerialPorts).")
        .in("serialPorts")
    }
    try checkEach(ports, of: "serialPorts") { try $0.check() }
  }

  private func checkSharing() throws {
    let devices = configuration.directorySharingDevices
    try checkEach(devices, of: "directorySharingDevices") { try $0.check() }
    var indexByTag: [String: Int] = [:]
    for (index, device) in devices.enumerated() {
      guard let tag = (device as? VZVirtioFileSystemDeviceConfiguration)?.tag else { continue }
      if let other = indexByTag.updateValue(index, forKey: tag) {
        throw ConfigurationProblem("directorySharingDevices[\(other)] has the tag \(tag.debugDescription) already.")
          .in("directorySharingDevices[\(index)].tag")
      }
    }
  }

  /// Comes last, so that a configuration can be corrected on a host that cannot run it.
  private func checkHost() throws {
    try requiringTool { _ = try HypervisorTool.qemu.find() }
    if !configuration.directorySharingDevices.isEmpty {
      try checking("directorySharingDevices") { try requiringTool { _ = try HypervisorTool.virtiofsd.find() } }
    }
  }

  private func requiringTool(_ find: () throws -> Void) throws {
    do {
      try find()
    } catch let missing as HypervisorHost.Problem {
      throw ConfigurationProblem.notSupported(missing.description)
    }
  }

  private func checkEach<Part>(_ parts: [Part], of property: String, _ check: (Part) throws -> Void) throws {
    for (index, part) in parts.enumerated() {
      try checking("\(property)[\(index)]") { try check(part) }
    }
  }

  private func checkAtMostOne<Part>(_ parts: [Part], of property: String, _ device: String) throws {
    guard parts.count <= 1 else {
      throw ConfigurationProblem("A machine can have only one \(device).").in("\(property)[1]")
    }
  }
}
