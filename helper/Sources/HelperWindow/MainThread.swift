#if canImport(AppKit)
  import AppKit
#else
  import Dispatch
#endif

/// The main thread of the process, which AppKit wants for itself once there is something to show.
package enum MainThread {
  #if canImport(AppKit)
    /// Protects the three below.
    private static let lock = NSLock()
    nonisolated(unsafe) private static var isWanted = false
    nonisolated(unsafe) private static var isRunning = false
    nonisolated(unsafe) private static var waiting: [@MainActor () -> Void] = []
    @MainActor private static var activity: (any NSObjectProtocol)?

    /// Gives the main thread away for the life of the process. There is no application, and no connection to the window
    /// server, before the first call of `perform`.
    package static func park() -> Never {
      // A loop with nothing to wait for would not wait.
      RunLoop.main.add(Timer(fire: .distantFuture, interval: 0, repeats: false) { _ in }, forMode: .default)
      while !lock.withLock({ isWanted }) { CFRunLoopRun() }
      MainActor.assumeIsolated { runApplication() }
    }

    /// Runs `work` on the main thread, in a running application. May be called from any thread.
    static func perform(_ work: @escaping @MainActor () -> Void) {
      lock.lock()
      defer { lock.unlock() }
      guard !isRunning else { return enqueue(work) }
      waiting.append(work)
      guard !isWanted else { return }
      isWanted = true
      // As a block of the loop: unlike a plain stop it is not lost when the loop has not begun yet.
      CFRunLoopPerformBlock(CFRunLoopGetMain(), CFRunLoopMode.defaultMode.rawValue) {
        CFRunLoopStop(CFRunLoopGetMain())
      }
      CFRunLoopWakeUp(CFRunLoopGetMain())
    }

    @MainActor private static func runApplication() -> Never {
      let application = NSApplication.shared
      application.delegate = ApplicationDelegate.shared
      // Without an icon in the Dock.
      application.setActivationPolicy(.accessory)
      // An application without a window would be slowed down, and its guests with it.
      activity = ProcessInfo.processInfo.beginActivity(
        options: .userInitiatedAllowingIdleSystemSleep, reason: "Virtual machines run.")
      lock.withLock {
        isRunning = true
        // The main queue is served by the loop that begins below.
        for work in waiting { enqueue(work) }
        waiting = []
      }
      while true { application.run() }
    }

    private static func enqueue(_ work: @escaping @MainActor () -> Void) {
      DispatchQueue.main.async { MainActor.assumeIsolated { work() } }
    }
  #else
    package static func park() -> Never {
      dispatchMain()
    }
  #endif
}

#if canImport(AppKit)
  /// Hears of "Quit" in the Dock and of the end of the user's session.
  @MainActor private final class ApplicationDelegate: NSObject, NSApplicationDelegate {
    static let shared = ApplicationDelegate()

    /// The helper ends as on SIGTERM: guests are asked to turn themselves off and get their grace.
    func applicationShouldTerminate(_ sender: NSApplication) -> NSApplication.TerminateReply {
      kill(getpid(), SIGTERM)
      return .terminateLater
    }

    func applicationShouldTerminateAfterLastWindowClosed(_ sender: NSApplication) -> Bool { false }
  }
#endif
