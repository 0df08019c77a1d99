import HelperProtocol

extension Helper {
  /// Puts an operation into the line of a machine. A request that is cancelled while it waits there is answered at once
  /// and never begun.
  ///
  /// - Parameters:
  ///   - isShort: the operation does not block.
  ///   - operation: runs on the machine's queue; answers, now or later, and says when the next may begin.
  func withMachine<Result>(
    _ handle: MachineHandle, _ reply: Reply<Result>, isShort: Bool = false,
    _ operation: @escaping (Machine, @escaping () -> Void) -> Void
  ) {
    let machine: Machine
    do {
      machine = try machines.find(handle)
    } catch {
      return reply.fail(WireError(error))
    }
    let ticket = machine.line.submit(isShort: isShort) { done in
      if case .disposed = machine.lifecycle {
        reply.fail(.machineNotFound(handle))
        return done()
      }
      operation(machine, done)
    }
    reply.onCancel { [line = machine.line] in
      if line.withdraw(ticket) { reply.fail(.requestCancelled) }
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
