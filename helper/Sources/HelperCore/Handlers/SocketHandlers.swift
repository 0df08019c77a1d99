import HelperProtocol

/// Virtio socket connections.
final class SocketHandlers: SocketRequests, Sendable {
  private let session: Session

  init(_ session: Session) { self.session = session }

  func connect(_ params: SocketConnectParams, _ reply: Reply<SocketConnectResult>) {
    session.helper.withMachine(params.machine, reply) { machine, _ in
      // The guest may take its time; that must not hold up other requests, so the turn is not kept.
      machine.connectSocket(port: params.port) { result in
        reply.answerOrFail { SocketConnectResult(path: PathString(try result.get())) }
      }
    }
  }

  func listen(_ params: SocketListenParams, _ reply: Reply<SocketListenResult>) {
    let connection = reply.connection
    let owner = ObjectIdentifier(session)
    session.helper.answer(params.machine, reply) { machine in
      try machine.listen(port: params.port, owner: owner) { connection.send($0) }
      return SocketListenResult()
    }
  }

  func stopListening(_ params: SocketStopListeningParams, _ reply: Reply<SocketStopListeningResult>) {
    session.helper.answer(params.machine, reply) { machine in
      try machine.stopListening(port: params.port)
      return SocketStopListeningResult()
    }
  }
}
