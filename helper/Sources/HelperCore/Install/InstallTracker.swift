import Foundation
import HelperProtocol

/// Turns an installer's fraction, looked at now and then, into what people want to know: how fast, how long, and whether
/// anything moves at all. Times come from the caller, in seconds of a clock that never jumps.
struct InstallTracker {
  /// Installers are known to pause for tens of seconds, never so long.
  static let stallAfter = 120.0
  /// The rate is that of so many last seconds.
  private static let window = 10.0

  private var samples: [(time: Double, fraction: Double)]
  private var lastChange: Double

  init(now: Double) {
    samples = [(now, 0)]
    lastChange = now
  }

  mutating func take(_ fraction: Double, now: Double) -> MachineInstallProgress {
    let previous = samples.last?.fraction ?? 0
    let fraction = min(max(fraction, 0), 1)
    if fraction != previous { lastChange = now }
    samples.append((now, fraction))
    while samples.count > 2, samples[1].time < now - Self.window { samples.removeFirst() }
    let elapsed = now - samples[0].time
    let rate = elapsed > 0 ? max(fraction - samples[0].fraction, 0) / elapsed : 0
    return MachineInstallProgress(
      phase: fraction >= 1 ? .finishing : fraction > 0 ? .installing : .preparing, fraction: fraction, rate: rate,
      secondsLeft: rate > 0 ? (1 - fraction) / rate : nil, secondsSinceChange: now - lastChange,
      isStalled: now - lastChange >= Self.stallAfter)
  }
}
