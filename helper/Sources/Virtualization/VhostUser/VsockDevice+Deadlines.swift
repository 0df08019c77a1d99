import Foundation

/// Seconds of a clock that neither jumps nor stops while the program runs.
func monotonicSeconds() -> Double {
  Double(DispatchTime.now().uptimeNanoseconds) / 1e9
}

/// Streams whose other side does not answer.
extension VsockDevice {
  /// Milliseconds until the next deadline; -1 when there is none, or none can count while the guest stands still.
  func millisecondsToDeadline() -> Int32 {
    guard isReady else { return -1 }
    let times = [connectDeadlines.first, closeDeadlines.first].compactMap { $0?.time }
    guard let next = times.min() else { return -1 }
    return Int32(max(0, min((next - monotonicSeconds()) * 1000 + 1, 60_000)))
  }

  /// Ends the streams whose time is over.
  func expire() {
    // A guest that is paused cannot answer; its time starts again when it goes on.
    guard isReady else { return }
    let now = monotonicSeconds()
    while let deadline = connectDeadlines.first, deadline.time <= now {
      _ = connectDeadlines.popFirst()
      guard let connection = byToken[deadline.token], case .connecting = connection.state else { continue }
      resets.append(connection.header(.reset, guestCID: guestCID))
      forget(connection, error: ETIMEDOUT)
    }
    while let deadline = closeDeadlines.first, deadline.time <= now {
      _ = closeDeadlines.popFirst()
      guard let connection = byToken[deadline.token], connection.isEstablished, connection.isClosing else { continue }
      reset(connection)
    }
  }

  /// The guest goes on after a pause: everything that waits for it gets its full time again.
  func restartDeadlines() {
    restart(&connectDeadlines, patience: patience.connect)
    restart(&closeDeadlines, patience: patience.close)
  }

  private func restart(_ deadlines: inout FIFO<Deadline>, patience: Double) {
    let time = monotonicSeconds() + patience
    for _ in 0..<deadlines.count {
      guard let deadline = deadlines.popFirst() else { return }
      deadlines.append(Deadline(token: deadline.token, time: time))
    }
  }
}
