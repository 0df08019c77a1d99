import Foundation

/// An operation's turn in the line of its machine. The next one begins when it is ended, or when the last reference to it is
/// gone: an operation that forgets its turn holds up nobody.
final class Turn: @unchecked Sendable {  // the field is only touched with the lock held
  private let lock = NSLock()
  private var next: (() -> Void)?

  /// - Parameter next: called once, on any thread.
  init(next: @escaping () -> Void) {
    self.next = next
  }

  deinit { end() }

  /// Lets the next operation begin. Doing it twice is fine.
  func end() {
    let next = lock.withLock {
      defer { self.next = nil }
      return self.next
    }
    next?()
  }
}
