import Foundation
import HostSystem

/// A non-blocking stream descriptor with its readable and writable events, used on one queue only.
///
/// The descriptor is closed after the last event handler has run, so its number is never watched in a second life.
final class StreamSocket {
  let descriptor: Int32
  /// Bytes or the end of the stream can be read. Called until nothing is left or `wantsToRead` is false.
  var onReadable: () -> Void = {}
  /// The stream takes bytes again after `wantsToWrite` was set.
  var onWritable: () -> Void = {}
  private(set) var isClosed = false

  private let queue: DispatchQueue
  private var lifetime: DescriptorLifetime?
  private var reading: Readiness?
  private var writing: Readiness?

  /// Takes over `descriptor`.
  init(owning descriptor: Int32, queue: DispatchQueue) {
    self.descriptor = descriptor
    self.queue = queue
    lifetime = DescriptorLifetime(descriptor)
    Descriptors.makeNonBlocking(descriptor)
  }

  deinit { close() }

  var wantsToRead = false {
    didSet {
      if reading == nil, wantsToRead, let lifetime {
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        reading = Readiness(source, lifetime) { [weak self] in self?.onReadable() }
      }
      reading?.isWatching = wantsToRead
    }
  }

  var wantsToWrite = false {
    didSet {
      if writing == nil, wantsToWrite, let lifetime {
        let source = DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: queue)
        writing = Readiness(source, lifetime) { [weak self] in self?.onWritable() }
      }
      writing?.isWatching = wantsToWrite
    }
  }

  /// Closes the descriptor once no handler runs any more. Closing twice is fine.
  ///
  /// - Parameter onClosed: called once the descriptor is closed, on any thread.
  func close(then onClosed: @escaping () -> Void = {}) {
    isClosed = true
    if let lifetime { lifetime.onClosed = onClosed } else { onClosed() }
    reading?.cancel()
    writing?.cancel()
    reading = nil
    writing = nil
    lifetime = nil
    onReadable = {}
    onWritable = {}
  }
}

/// Closes a descriptor when the last one who uses it lets go.
private final class DescriptorLifetime {
  var onClosed: () -> Void = {}
  private let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit {
    _ = Foundation.close(descriptor)
    onClosed()
  }
}

/// A dispatch source that may be watched and left alone any number of times.
private final class Readiness {
  private let source: any DispatchSourceProtocol
  private var isCancelled = false

  init(_ source: any DispatchSourceProtocol, _ lifetime: DescriptorLifetime, _ handler: @escaping () -> Void) {
    self.source = source
    source.setEventHandler(handler: handler)
    // Dispatch keeps the handler, and so the descriptor, until it has stopped watching.
    source.setCancelHandler { withExtendedLifetime(lifetime) {} }
  }

  deinit { cancel() }

  /// A source begins suspended.
  var isWatching = false {
    didSet {
      guard isWatching != oldValue, !isCancelled else { return }
      if isWatching { source.resume() } else { source.suspend() }
    }
  }

  func cancel() {
    guard !isCancelled else { return }
    isCancelled = true
    source.cancel()
    // A suspended source never runs its cancel handler, and releasing one is a crash.
    if !isWatching { source.resume() }
  }
}
