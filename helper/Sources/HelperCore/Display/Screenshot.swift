import Foundation
import HelperProtocol
import HelperWindow
import Platform
import Virtualization

/// One picture of a display that shows something, and the attempts it takes. Used on the machine's queue, outside of its
/// line: other requests do not wait for a guest that draws nothing.
final class Screenshot: @unchecked Sendable {  // the fields are only used on the machine's queue
  /// Takes the picture and, if there is one, its turn among pictures, which it ends when it holds nothing of it any more.
  typealias Completion = (Result<DisplayPicture, WireError>, Turn?) -> Void

  /// Seconds between two attempts, at first and at most; each pause is twice the one before.
  private static let firstPause = 0.05
  private static let longestPause = 1.0
  /// Seconds, beyond those for blank pictures, that the hypervisor gets to hand one over.
  private static let margin = 30.0

  private let machine: Machine
  private let display: Display
  /// The start of the machine that the picture is of.
  private let run: MachineRun
  private let camera: DisplayCamera
  private let patience: Double
  private let deadline: DispatchTime
  private var pause = Screenshot.firstPause
  private var completion: Completion?

  /// - Parameters:
  ///   - patience: seconds to wait for a picture that is not blank.
  ///   - completion: called once, on the machine's queue.
  /// - Throws: what can be said at once: no such display, no GUI session, a machine that does not run.
  init(of machine: Machine, display index: UInt32, patience: Double, _ completion: @escaping Completion) throws {
    let display = try machine.display(index)
    guard machine.virtualMachine.state == .running || machine.virtualMachine.state == .paused,
      let run = machine.lifecycle.run
    else {
      throw WireError(
        .invalidState,
        "The machine \(machine.title) does not run (it is \(machine.lifecycle.state.rawValue)), so its display shows "
          + "nothing. Start it first.")
    }
    if let problem = DisplayCamera.problem { throw WireError(.notSupported, problem) }
    (self.machine, self.display, self.run, self.patience, self.completion) = (
      machine, display, run, patience, completion
    )
    deadline = .now() + patience
    camera = DisplayCamera(
      machine: machine.virtualMachine, display: Int(display.index), width: Int(display.widthInPixels),
      height: Int(display.heightInPixels))
  }

  func begin() {
    attempt()
    machine.queue.asyncAfter(deadline: deadline + Self.margin) { [weak self] in
      guard let self else { return }
      finish(.failure(hanging))
    }
  }

  /// Ends the attempts. May be called from any thread.
  func cancel() {
    machine.queue.async { [self] in finish(.failure(.requestCancelled)) }
  }

  private func attempt() {
    machine.pictures.submit { [self] turn in
      guard completion != nil else { return }
      guard machine.lifecycle.run === run else { return finish(.failure(stopped), turn) }
      camera.takePicture { [self] result in
        machine.queue.async { [self] in judge(result, turn) }
      }
    }
  }

  private func judge(_ result: Result<DisplayPicture, any Error>, _ turn: Turn) {
    switch result {
    case .success(let picture) where picture.isBlank:
      wait(picture)
      turn.end()
    case .success(let picture):
      Log.info("a picture of display \(display.index) of \(machine.title) was taken \(picture.source)")
      finish(.success(picture), turn)
    case .failure(let error):
      let wire = machine.wireError(error)
      // The picture can fail a moment before the end of the machine is known.
      finish(.failure(wire.kind == .invalidState || machine.lifecycle.run !== run ? stopped : wire), turn)
    }
  }

  private func wait(_ picture: DisplayPicture) {
    let now = DispatchTime.now()
    guard now < deadline else { return finish(.failure(blank(picture))) }
    machine.queue.asyncAfter(deadline: min(now + pause, deadline)) { [self] in attempt() }
    pause = min(pause * 2, Self.longestPause)
  }

  private func finish(_ result: Result<DisplayPicture, WireError>, _ turn: Turn? = nil) {
    guard let completion else { return }
    self.completion = nil
    camera.end()
    completion(result, turn)
  }

  private var hanging: WireError {
    WireError(
      .timedOut,
      "The hypervisor of the machine \(machine.title) does not hand over a picture of display \(display.index).")
  }

  private var stopped: WireError {
    WireError(.invalidState, "The machine \(machine.title) stopped before its display showed anything.")
  }

  private func blank(_ picture: DisplayPicture) -> WireError {
    WireError(
      .displayBlank,
      "Display \(display.index) of the machine \(machine.title), \(picture.width) × \(picture.height) pixels, showed "
        + "nothing for \(patience) seconds. Give the guest more time to draw; see on its console whether it boots.")
  }
}
