import Foundation
import HelperProtocol
import Platform

/// Looks at an installer now and then, reports how far it is, and ends it when nobody wants it any more.
final class InstallWatch: @unchecked Sendable {  // the fields are only used on the machine's queue
  /// How often the installer is looked at, and the longest silence towards the client, in seconds.
  private static let lookEvery = 0.1
  private static let tellEvery = 1.0

  private let installer: MacInstaller
  private let isCancelled: () -> Bool
  private let onProgress: (MachineInstallProgress) -> Void
  private let timer: any DispatchSourceTimer
  private var tracker: InstallTracker
  private var lastTold: (fraction: Double, time: Double)

  /// Begins at once.
  ///
  /// - Parameters:
  ///   - queue: that of the machine.
  ///   - isCancelled: asked at each look.
  ///   - onProgress: called on the queue.
  init(
    _ installer: MacInstaller, on queue: DispatchQueue, isCancelled: @escaping () -> Bool,
    onProgress: @escaping (MachineInstallProgress) -> Void
  ) {
    (self.installer, self.isCancelled, self.onProgress) = (installer, isCancelled, onProgress)
    tracker = InstallTracker(now: Self.now)
    lastTold = (-1, Self.now)
    timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now(), repeating: Self.lookEvery)
    timer.setEventHandler { [weak self] in self?.look() }
    timer.resume()
  }

  deinit { timer.cancel() }

  func end() { timer.cancel() }

  private func look() {
    if isCancelled() { installer.cancel() }
    let now = Self.now
    let progress = tracker.take(installer.fractionCompleted, now: now)
    guard progress.fraction != lastTold.fraction || now - lastTold.time >= Self.tellEvery else { return }
    lastTold = (progress.fraction, now)
    onProgress(progress)
  }

  /// Seconds of a clock that never jumps.
  private static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }
}
