import CVirtualization
import Foundation
import HostSystem

/// The host side of one serial port or console port of a running machine.
///
/// QEMU drops what a console's other end does not take. So that no byte is lost, that other end is drained all the time,
/// and QEMU's own end is made to wait instead of dropping when it is full for a moment.
final class ConsoleEndpoint {
  /// QEMU's name for it.
  let name: String
  /// Our copy of QEMU's end, until the machine runs.
  private var guestEnd: Int32
  private let bridge: ConsoleBridge?

  /// Room for what a guest prints while the host's processors are busy with something else.
  private static let sendBuffer = 4 << 20

  private init(name: String, guestEnd: Int32 = -1, bridge: ConsoleBridge? = nil) {
    self.name = name
    self.guestEnd = guestEnd
    self.bridge = bridge
  }

  deinit {
    if guestEnd >= 0 { close(guestEnd) }
  }

  static func make(for attachment: VZSerialPortAttachment?, name: String, in commandLine: QEMUCommandLine) throws
    -> ConsoleEndpoint
  {
    switch attachment {
    case nil:
      commandLine.add("-chardev", "null,id=\(name)")
      return ConsoleEndpoint(name: name)
    case let file as VZFileSerialPortAttachment:
      let output = try open(file)
      guard output.isRegular else {
        let handle = FileHandle(fileDescriptor: output.descriptor, closeOnDealloc: true)
        let handles = VZFileHandleSerialPortAttachment(fileHandleForReading: nil, fileHandleForWriting: handle)
        return try make(for: handles, name: name, in: commandLine)
      }
      let path = commandLine.inheritFile(output.descriptor)
      commandLine.add("-chardev", "file,id=\(name),path=\(path),append=on")
      return ConsoleEndpoint(name: name)
    case let agent as VZSpiceAgentPortAttachment:
      guard try HypervisorHost.usableQEMU().facts.backends.contains("qemu-vdagent") else {
        throw VZError(.notSupported, reason: "The QEMU of this host was built without the SPICE agent's other side.")
      }
      commandLine.add("-chardev", "qemu-vdagent,id=\(name),mouse=off,clipboard=\(agent.sharesClipboard ? "on" : "off")")
      return ConsoleEndpoint(name: name)
    case let handles as VZFileHandleSerialPortAttachment:
      return try make(for: handles, name: name, in: commandLine)
    default:
      throw VZError(.notSupported, reason: "A Linux host cannot run this kind of serial port attachment.")
    }
  }

  private static func make(
    for handles: VZFileHandleSerialPortAttachment, name: String, in commandLine: QEMUCommandLine
  ) throws -> ConsoleEndpoint {
    if let socket = commonSocket(of: handles) {
      let end = try Descriptors.duplicate(socket)
      return try ConsoleEndpoint(name: name, guestEnd: end).connect(in: commandLine)
    }
    let (ours, theirs) = try UnixSocket.makePair()
    do {
      let bridge = try ConsoleBridge(
        guest: ours, input: handles.fileHandleForReading?.fileDescriptor,
        output: handles.fileHandleForWriting?.fileDescriptor)
      return try ConsoleEndpoint(name: name, guestEnd: theirs, bridge: bridge).connect(in: commandLine)
    } catch {
      close(ours)
      throw error
    }
  }

  private func connect(in commandLine: QEMUCommandLine) throws -> ConsoleEndpoint {
    let copy = try Descriptors.duplicate(guestEnd)
    vz_set_send_buffer(guestEnd, Int32(Self.sendBuffer))
    commandLine.add("-chardev", "socket,id=\(name),fd=\(commandLine.inherit(copy))")
    return self
  }

  /// To be called when QEMU has taken the socket into use, for which it makes it non-blocking. Undoing that changes its
  /// dropping into waiting; the setting belongs to the socket, which is shared with QEMU.
  func machineDidStart() {
    guard guestEnd >= 0 else { return }
    Descriptors.makeBlocking(guestEnd)
    close(guestEnd)
    guestEnd = -1
    bridge?.start()
  }

  /// To be called when QEMU has ended: what it wrote last is still delivered.
  func machineDidEnd() {
    if guestEnd >= 0 { close(guestEnd) }
    guestEnd = -1
  }

  /// The one stream socket behind both handles, which needs no copying in between.
  private static func commonSocket(of handles: VZFileHandleSerialPortAttachment) -> Int32? {
    guard let reading = handles.fileHandleForReading?.fileDescriptor,
      let writing = handles.fileHandleForWriting?.fileDescriptor
    else { return nil }
    guard Descriptors.kind(of: reading) == .socket, FileIdentity(of: reading) == FileIdentity(of: writing) else {
      return nil
    }
    var kind: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(reading, SOL_SOCKET, SO_TYPE, &kind, &size) == 0, kind == Int32(SOCK_STREAM.rawValue) else {
      return nil
    }
    return reading
  }

  /// QEMU is told to append in both cases; whether the old content stays is decided here.
  private static func open(_ file: VZFileSerialPortAttachment) throws -> OutputFile {
    do {
      return try OutputFile(file.url.path, keepsContent: file.append, permissions: 0o644)
    } catch let problem as OutputFile.Problem {
      throw explain(problem, file.url.path)
    }
  }

  private static func explain(_ problem: OutputFile.Problem, _ path: String) -> VZError {
    func error(_ what: String, _ number: Int32, _ suggestion: String? = nil) -> VZError {
      VZError(
        .internalError, reason: "The serial port's file \(path) \(what).", suggestion: suggestion,
        underlying: NSError(errno: number))
    }
    switch problem {
    case .system(let number): return error("cannot be opened: \(SystemError.words(for: number))", number)
    case .isFolder: return error("is a directory", EISDIR)
    case .isNoStream: return error("is a device or a socket", ENODEV)
    case .hasNoReader: return error("is a FIFO that nobody reads", ENXIO, "Open it for reading first.")
    case .isInUse:
      return error("is a disk image that another machine writes to", EBUSY, "Name another file.")
    }
  }
}
