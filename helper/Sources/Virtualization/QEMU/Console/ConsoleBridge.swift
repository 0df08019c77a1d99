import CVirtualization
import Foundation
import HostSystem

/// Copies between a guest's console and two descriptors of any kind. The guest's side is always taken; what the reader is
/// too slow for waits in a ``SpillQueue``.
final class ConsoleBridge: @unchecked Sendable {
  private static let chunk = 16 << 10
  /// A pipe that is writable takes this much without blocking.
  private static let safeWrite = 4 << 10

  private let guest: Int32
  private let input: ConsoleDescriptor?
  private let output: ConsoleDescriptor?
  private var queue = SpillQueue()
  private var pendingInput: ArraySlice<UInt8> = []

  /// Takes ownership of `guest` when it succeeds; of the others it makes copies.
  init(guest: Int32, input: Int32?, output: Int32?) throws {
    self.guest = guest
    self.input = try input.map { try ConsoleDescriptor(copying: $0, flags: O_RDONLY) }
    self.output = try output.map { try ConsoleDescriptor(copying: $0, flags: O_WRONLY) }
    Descriptors.makeNonBlocking(guest)
  }

  deinit {
    queue.discard()
    close(guest)
  }

  /// Copies until the guest's side is closed and all of its output is delivered, or the reader is gone. That may be long
  /// after the machine has ended.
  func start() {
    let thread = Thread { self.run() }
    thread.name = "vz-console"
    thread.stackSize = 128 << 10
    thread.start()
  }

  private func run() {
    // A reader that goes away is an error of the write, not a signal that ends the process.
    var signals = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_SETMASK, &signals, nil)
    var guestOpen = true
    var inputOpen = input != nil
    while guestOpen || (output != nil && !queue.isEmpty) {
      let takesInput = inputOpen && pendingInput.isEmpty
      var polls = [
        pollfd(fd: guestOpen ? guest : -1, events: guestEvents, revents: 0),
        pollfd(fd: takesInput && guestOpen ? input?.number ?? -1 : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: queue.isEmpty ? -1 : output?.number ?? -1, events: Int16(POLLOUT), revents: 0),
      ]
      guard poll(&polls, nfds_t(polls.count), -1) >= 0 else {
        if errno == EINTR { continue }
        return
      }
      if polls[0].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 { guestOpen = takeFromGuest() }
      if polls[0].revents & Int16(POLLOUT) != 0 { giveToGuest() }
      if polls[1].revents != 0 { inputOpen = takeInput() }
      if polls[2].revents != 0 { deliver() }
    }
  }

  private var guestEvents: Int16 { Int16(pendingInput.isEmpty ? POLLIN : POLLIN | POLLOUT) }

  /// False at the end of the stream.
  private func takeFromGuest() -> Bool {
    withUnsafeTemporaryAllocation(byteCount: Self.chunk, alignment: 1) { room in
      let count = recv(guest, room.baseAddress, room.count, Int32(MSG_DONTWAIT))
      guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
      guard output != nil else { return true }
      do {
        try queue.append(UnsafeRawBufferPointer(rebasing: room[0..<count]))
      } catch {
        HypervisorLog.write("a console's reader is too slow and its output cannot be kept: \(error)")
        queue.discard()
      }
      return true
    }
  }

  private func giveToGuest() {
    let count = pendingInput.withUnsafeBytes { vz_send(guest, $0.baseAddress, $0.count, -1) }
    if count > 0 { pendingInput.removeFirst(count) }
    if count < 0, errno != EAGAIN { pendingInput = [] }
  }

  /// False at the end of what the host sends.
  private func takeInput() -> Bool {
    guard let input else { return false }
    return withUnsafeTemporaryAllocation(byteCount: Self.chunk, alignment: 1) { room in
      let count = read(input.number, room.baseAddress, room.count)
      guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
      pendingInput = ArraySlice(room[0..<count])
      return true
    }
  }

  private func deliver() {
    guard let output else { return }
    do {
      try queue.consume(atMost: Self.safeWrite) { bytes in
        let count = output.write(bytes)
        if count >= 0 { return count }
        // A reader that has gone away gets nothing, but the guest goes on.
        return errno == EAGAIN || errno == EINTR ? 0 : bytes.count
      }
    } catch {
      HypervisorLog.write("a console's output was lost: \(error)")
      queue.discard()
    }
  }
}
