import Foundation
import Platform

/// What a machine holds from one start to the end of it. Used on the machine's queue.
final class MachineRun {
  /// The client has asked the guest to turn itself off.
  var wasAskedToStop = false
  /// Frees its disk images when it goes.
  private var locks: [DiskLock]
  /// Keeps others from the machine's identity, and shows them that it runs.
  var identity: IdentityClaim?
  /// Ports that the system chose; kept when the run ends.
  private let ports: [PortReservation]
  /// Ports that the client chose; free again when the run ends.
  private var ownPorts: [PortReservation] = []
  private var forwarders: [PortForwarder] = []
  /// Who waits for the end.
  var onEnd: [() -> Void] = []
  private var timer: (any DispatchSourceTimer)?
  /// Keeps asking the guest to turn itself off.
  var powerButton: PowerButton?

  /// - Parameter outputs: files that the start writes anew.
  /// - Throws: `WireError`, of kind `inUse` when another machine has one of the images or uses an output as a disk, or
  ///   when somebody has one of the ports; `HolderIsEnding` when it is worth another attempt.
  init(
    disks: [DiskUse], outputs: [OutputPath] = [], ports: [PortReservation] = [], networks: [NetworkUse] = [],
    owner: String
  ) throws {
    self.ports = ports
    // A machine that has one image twice must not get in its own way; the framework judges that.
    var readOnly: [String: Bool] = [:]
    for disk in disks { readOnly[disk.path] = disk.isReadOnly && readOnly[disk.path] != false }
    locks = try readOnly.sorted { $0.key < $1.key }.map {
      try DiskLock(image: $0.key, isReadOnly: $0.value, owner: .machine(owner), waits: false)
    }
    for output in outputs { try output.requireUnused() }
    for network in networks { ownPorts += try network.reservePorts() }
    for port in ports + ownPorts { port.hand() }
    do {
      for network in networks { forwarders += try network.makeForwarders() }
    } catch {
      end()
      throw error
    }
  }

  /// Runs `body` after a while unless the run has ended by then. A second call replaces the first.
  func after(seconds: Double, on queue: DispatchQueue, _ body: @escaping () -> Void) {
    timer?.cancel()
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now() + seconds)
    timer.setEventHandler(handler: body)
    timer.resume()
    self.timer = timer
  }

  func end() {
    timer?.cancel()
    timer = nil
    powerButton = nil
    locks = []
    identity?.release()
    identity = nil
    for forwarder in forwarders { forwarder.close() }
    forwarders = []
    for port in ports { port.takeBack() }
    ownPorts = []
    for body in onEnd { body() }
    onEnd = []
  }
}
