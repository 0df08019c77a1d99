import Foundation
import HostSystem

/// What an installed QEMU says of itself.
struct QEMUFacts: Codable, Equatable {
  var major: Int
  var minor: Int
  var micro: Int
  /// The members of ``interestingDevices`` that it has.
  var devices: [String]
  /// The members of ``interestingCommands`` that it has.
  var commands: [String]
  /// The members of ``interestingBackends`` that it has.
  var backends: [String]

  var version: String { "\(major).\(minor).\(micro)" }

  static let oldestSupported = (major: 7, minor: 2)

  var isSupported: Bool { (major, minor) >= Self.oldestSupported }

  /// The processor to emulate. QEMU before 8.0 can leave garbage in the flags after `cmpxchg16b`, and an interrupt right
  /// behind it then kills the guest's kernel: about one boot in ten of Linux 6.12. Without the instruction, none.
  var emulatedProcessor: String {
    #if arch(x86_64)
      major < 8 ? "max,cx16=off" : "max"
    #else
      "max"
    #endif
  }

  static let interestingDevices = [
    "nvme", "pvpanic-pci", "qemu-xhci", "usb-host", "vhost-user-fs-pci", "vhost-user-vsock-pci", "virtio-balloon-pci",
    "virtio-gpu-pci", "virtio-sound-pci",
  ]
  static let interestingCommands = ["block_resize", "display-update", "getfd", "migrate", "screendump", "set_link"]
  /// Character devices.
  static let interestingBackends = ["qemu-vdagent"]

  /// Facts about the program at `path`: from the cache when the file is the same one as then.
  static func of(_ path: String) throws -> QEMUFacts {
    try ProgramFacts.cached(for: path, kind: "qemu") { try ask(path) }
  }

  private static func ask(_ path: String) throws -> QEMUFacts {
    let monitor = try DetachedMonitor(path: path)
    defer { monitor.end() }
    _ = try monitor.execute("qmp_capabilities")
    let version = try monitor.execute("query-version")["qemu"]
    let types = try monitor.execute("qom-list-types", ["implements": "device", "abstract": false])
    let commands = try monitor.execute("query-commands")
    let backends = try monitor.execute("query-chardev-backends")
    guard let version, let major = version["major"]?.integer, let minor = version["minor"]?.integer,
      let micro = version["micro"]?.integer
    else {
      throw HypervisorHost.Problem(
        finding: "\(path) does not tell its version; it seems not to be QEMU.",
        remedy: HypervisorTool.qemu.reinstallation)
    }
    return QEMUFacts(
      major: Int(major), minor: Int(minor), micro: Int(micro), devices: names(in: types, of: interestingDevices),
      commands: names(in: commands, of: interestingCommands), backends: names(in: backends, of: interestingBackends))
  }

  private static func names(in list: QMPValue, of wanted: [String]) -> [String] {
    let all = Set(list.array?.compactMap { $0["name"]?.string } ?? [])
    return wanted.filter(all.contains)
  }
}

/// A QEMU without a machine, to be asked what it can do.
private final class DetachedMonitor {
  private static let patience = DispatchTimeInterval.seconds(30)

  private let child: ChildProcess
  private let connection: QMPConnection

  init(path: String) throws {
    let (ours, theirs) = try UnixSocket.makePair()
    connection = try QMPConnection(socket: ours)
    // Closed before anything is awaited: the end of a program that is no QEMU must be seen.
    defer { close(theirs) }
    child = try ChildProcess.launch(
      ChildLaunch(
        path: path,
        arguments: [
          "-nodefaults", "-no-user-config", "-machine", "none", "-display", "none", "-chardev", "socket,id=q,fd=3",
          "-mon", "chardev=q,mode=control",
        ], descriptors: [theirs]))
  }

  func execute(_ command: String, _ arguments: QMPValue? = nil) throws -> QMPValue {
    var answer: Result<QMPValue, QMPError>?
    let done = DispatchSemaphore(value: 0)
    connection.execute(command, arguments) {
      answer = $0
      done.signal()
    }
    guard done.wait(timeout: .now() + Self.patience) == .success, let answer else {
      end()
      throw HypervisorHost.Problem(
        finding: "\(child.path) does not answer on its monitor.", remedy: HypervisorTool.qemu.reinstallation)
    }
    do {
      return try answer.get()
    } catch {
      end()
      let words = child.lastMessages
      throw HypervisorHost.Problem(
        finding: "\(child.path) cannot be asked for its abilities: \(words.isEmpty ? "\(error)" : words)",
        remedy: HypervisorTool.qemu.reinstallation)
    }
  }

  func end() {
    connection.close(reason: "no longer needed")
    child.kill()
  }
}
