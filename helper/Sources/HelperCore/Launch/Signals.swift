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
    sources = [SIGTERM, SIGINT, SIGHUP].map { number in
      // Dispatch hears of it all the same; without this the process would end before.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { [unowned self] in
        count += 1
        count == 1 ? onFirst() : onMore()
      }
      source.resume()
      return source
    }
  }

  /// A peer that goes away and a file that grows too large are errors of the call that meets them, not of the process.
  static func ignoreSelfInflicted() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}
