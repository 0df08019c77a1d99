import CVirtualization
import Foundation

/// What the program asks for: new streams, and its answers to those that the guest asks for.
extension VsockDevice {
  /// Starts a stream to a port of the guest. `completion` gets the program's end, or the error, exactly once.
  func connect(
    toGuestPort port: UInt32, completion: @escaping (Result<VsockEndpoint, any Error>) -> Void
  ) {
    guard isReady else { return completion(.failure(VsockError.notReady)) }
    guard byToken.count < Limit.connections, let key = freeKey(guestPort: port) else {
      return completion(.failure(VsockError.tooMany))
    }
    var ends: [Int32] = [-1, -1]
    let error = vz_vsock_socketpair(&ends)
    guard error == 0 else { return completion(.failure(VsockError.noSocket(error))) }
    let endpoint = VsockEndpoint(hostPort: key.hostPort, descriptor: ends[1])
    let connection = add(key, state: .connecting(completion: completion, endpoint: endpoint))
    connection.attach(ends[0])
    connection.owed.insert(.request)
    connectDeadlines.append(Deadline(token: connection.token, time: monotonicSeconds() + patience.connect))
    schedule(connection)
  }

  /// The program has accepted: `descriptor` is our end from now on.
  func accept(_ token: UInt64, descriptor: Int32) {
    openDecisions -= 1
    guard let connection = byToken[token], case .deciding = connection.state,
      poller.add(descriptor, token: token)
    else {
      close(descriptor)
      if let connection = byToken[token] { reset(connection) }
      return
    }
    connection.attach(descriptor)
    connection.state = .established
    connection.owed.insert(.response)
    schedule(connection)
  }

  func refuse(_ token: UInt64) {
    openDecisions -= 1
    guard let connection = byToken[token], case .deciding = connection.state else { return }
    reset(connection)
  }

  private func freeKey(guestPort: UInt32) -> VsockConnectionKey? {
    for _ in 0...Limit.connections {
      lastPort = lastPort >= UInt32.max - 1 ? 49152 : lastPort + 1
      let key = VsockConnectionKey(guestPort: guestPort, hostPort: lastPort)
      if connections[key] == nil { return key }
    }
    return nil
  }
}
