import HelperProtocol

/// Byte streams of serial ports and console ports.
final class ConsoleHandlers: ConsoleRequests, Sendable {
  private let session: Session

  init(_ session: Session) { self.session = session }

  func attach(_ params: ConsoleAttachParams, _ reply: Reply<ConsoleAttachResult>) {
    let helper = session.helper
    helper.withMachine(params.machine, reply, isShort: true) { machine, _ in
      guard let console = Self.console(params.console, of: machine) else {
        return reply.fail(Self.notFound(params.console, machine))
      }
      console.attach(from: params.from, makePath: { try helper.runtimeFolder.makeSocketPath() }) { result in
        reply.answerOrFail {
          let attachment = try result.get()
          return ConsoleAttachResult(
            path: PathString(attachment.path), offset: attachment.offset, endOffset: attachment.endOffset)
        }
      }
    }
  }

  private static func console(_ name: String?, of machine: Machine) -> ConsoleHub? {
    guard let name else { return machine.consoles.first }
    return machine.consoles.first { $0.name == name }
  }

  private static func notFound(_ name: String?, _ machine: Machine) -> WireError {
    let names = machine.consoles.map { "\"\($0.name)\"" }.joined(separator: ", ")
    let has = names.isEmpty ? "It has no streams; add a serial port with a stream." : "It has \(names)."
    return WireError(
      .consoleNotFound,
      "The machine \(machine.title) has no stream \(name.map { "\"\($0.prefix(64))\"" } ?? "at all"). \(has)")
  }
}
