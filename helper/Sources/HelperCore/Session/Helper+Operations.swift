import HelperProtocol

extension Helper {
  /// Puts an operation into the line of a machine. A request that is cancelled while it waits there is answered at once
  /// and never begun.
  ///
  /// - Parameters:
  ///   - isShort: the operation does not block.
  ///   - operation: runs on the machine's queue; answers now or later, and keeps its turn until the next may begin.
  func withMachine<Result>(
    _ handle: MachineHandle, _ reply: Reply<Result>, isShort: Bool = false,
    _ operation: @escaping (Machine, Turn) -> Void
  ) {
    let machine: Machine
    do {
      machine = try machines.find(handle)
    } catch {
      return reply.fail(WireError(error))
    }
    let ticket = machine.line.submit(isShort: isShort) { turn in
      if case .disposed = machine.lifecycle { return reply.fail(.machineNotFound(handle)) }
      operation(machine, turn)
    }
    reply.onCancel { [line = machine.line] in
      if line.withdraw(ticket) { reply.fail(.requestCancelled) }
    }
  }

  /// Answers with what `body` makes of a machine, in its place in the machine's line.
  func answer<Result>(
    _ handle: MachineHandle, _ reply: Reply<Result>, isShort: Bool = false,
    _ body: @escaping (Machine) throws -> Result
  ) {
    withMachine(handle, reply, isShort: isShort) { machine, _ in
      reply.answerOrFail { try body(machine) }
    }
  }
}

extension Reply {
  /// Answers with what `body` makes, or with the error it throws in the protocol's words.
  func answerOrFail(_ body: () throws -> Result) {
    do {
      succeed(try body())
    } catch {
      fail(WireError(error))
    }
  }
}

extension Reply where Result: EmptyWireResult {
  /// Answers that it worked, or did not.
  func finish(_ error: WireError?) {
    if let error { fail(error) } else { succeed() }
  }
}
