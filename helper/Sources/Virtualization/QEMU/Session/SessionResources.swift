import Foundation

/// What serves the devices of one run from outside QEMU.
final class SessionResources {
  private(set) var daemons: [SharedFolderDaemon] = []
  private var tags: [String] = []
  private var consoles: [ConsoleEndpoint] = []
  private let sockets: [VhostUserVsockBackend]
  private var socketsAreHandedOver = false
  /// What a virtual Mac takes of the few that a host may run.
  private var slot: StandInSlot?

  init(sockets: [VhostUserVsockBackend]) {
    self.sockets = sockets
  }

  /// Adds all devices to the command line, in the order in which guests number them, and starts what serves them.
  func add(
    _ configuration: VZVirtualMachineConfiguration, to commandLine: QEMUCommandLine, _ macStart: MacStart
  ) throws {
    if configuration.bootLoader is VZMacOSBootLoader {
      slot = try StandInSlot()
      try commandLine.addStandInBoot(configuration, macStart)
    } else {
      try commandLine.addBoot(configuration.bootLoader, hasDisplay: !configuration.displayPlans.isEmpty)
    }
    commandLine.addDisplays(configuration.displayPlans)
    commandLine.addInputDevices(configuration)
    commandLine.addSound(configuration)
    try commandLine.addStorage(configuration.storageDevices)
    try commandLine.addNetwork(configuration.networkDevices)
    consoles += try commandLine.addSerialPorts(configuration.serialPorts)
    consoles += try commandLine.addConsoles(configuration.consoleDevices)
    commandLine.addEntropy(configuration.entropyDevices)
    commandLine.addBalloons(configuration.memoryBalloonDevices)
    commandLine.addSocketDevices(sockets.map(\.descriptorForQEMU))
    socketsAreHandedOver = true
    for backend in sockets { backend.start() }
    for case let device as VZVirtioFileSystemDeviceConfiguration in configuration.directorySharingDevices {
      daemons.append(try SharedFolderDaemon(tag: device.tag, share: device.share))
      tags.append(device.tag)
    }
    commandLine.addSharedFolders(zip(tags, daemons).map { ($0, $1.socket) })
    commandLine.placePCIDevices()
  }

  /// Calls `handler` with an explanation whenever something that serves a device ends by itself.
  func watch(_ handler: @escaping (String) -> Void) {
    for (tag, daemon) in zip(tags, daemons) {
      daemon.child.whenExited { [unowned child = daemon.child] exit in
        let words = child.lastMessages
        handler("\(Self.name(of: tag)) ended\(words.isEmpty ? "" : ": \(words)")")
      }
    }
  }

  /// What the programs that serve devices have to say; empty when nothing.
  var lastMessages: String {
    zip(tags, daemons).compactMap { tag, daemon in
      let words = daemon.child.lastMessages
      return words.isEmpty ? nil : "\(Self.name(of: tag)) said: \(words)"
    }.joined(separator: "\n")
  }

  private static func name(of tag: String) -> String { "virtiofsd, which serves the shared folder “\(tag)”," }

  func machineDidStart() {
    for console in consoles { console.machineDidStart() }
  }

  func end() {
    if !socketsAreHandedOver {
      for backend in sockets { close(backend.descriptorForQEMU) }
      socketsAreHandedOver = true
    }
    for console in consoles { console.machineDidEnd() }
    for daemon in daemons { daemon.child.kill() }
    for backend in sockets { backend.stop() }
    slot = nil
  }
}
