import Foundation

/// Presses a guest's power button again and again for as long as it exists: a guest that is still starting does not hear
/// the first time, and nobody can see from outside whether one has heard. A guest on its way down takes no notice of more.
final class PowerButton {
  private static let gaps = 1.0...5.0

  private let queue: DispatchQueue
  private let press: () -> Void
  private let began = DispatchTime.now()

  /// The button counts as pressed a first time.
  ///
  /// - Parameter press: called on `queue`.
  init(on queue: DispatchQueue, _ press: @escaping () -> Void) {
    self.queue = queue
    self.press = press
    pressLater()
  }

  /// Seconds until the next press, that many after the first: half of the time that has gone by, so that a guest which
  /// starts slowly is not pressed all the time.
  static func gap(after elapsed: Double) -> Double {
    min(max(elapsed / 2, gaps.lowerBound), gaps.upperBound)
  }

  private func pressLater() {
    let elapsed = Double(DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds) / 1e9
    queue.asyncAfter(deadline: .now() + Self.gap(after: elapsed)) { [weak self] in
      guard let self else { return }
      press()
      pressLater()
    }
  }
}
