import Foundation

/// The signals that end the helper.
final class Signals {
  private let queue = DispatchQueue(label: "vzkit.signals")
  private var sources: [any DispatchSourceSignal] = []
  private var count = 0

  /// - Parameters:
  ///   - onFirst: called for the first of SIGTERM, SIGINT and SIGHUP.
  ///   - onMore: called for each further one.
  init(onFirst: @escaping () -> Void, onMore: @escaping () -> Void) {
    sources = [SIGTERM, SIGINT, SIGHUP].compactMap { number in
      // Dispatch hears of it all the same; without this the process would end before.
      let previous = signal(number, SIG_IGN)
      // `nohup` and background jobs are started with these ignored, and that is meant.
      if number != SIGTERM, Self.isIgnored(previous) { return nil }
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { [unowned self] in
        count += 1
        count == 1 ? onFirst() : onMore()
      }
      source.resume()
      return source
    }
  }

  private static func isIgnored(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// A peer that goes away and a file that grows too large are errors of the call that meets them, not of the process.
  static func ignoreSelfInflicted() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}
