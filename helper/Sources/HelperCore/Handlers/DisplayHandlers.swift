import Foundation
import HelperProtocol
import Platform

/// Displays and what they show.
final class DisplayHandlers: DisplayRequests, Sendable {
  private let session: Session

  init(_ session: Session) { self.session = session }

  private static let timeoutBounds = 0.0...600.0
  private static let defaultTimeout = 10.0

  func list(_ params: DisplayListParams, _ reply: Reply<DisplayListResult>) {
    session.helper.answer(params.machine, reply, isShort: true) { DisplayListResult(displays: $0.displays) }
  }

  func reconfigure(_ params: DisplayReconfigureParams, _ reply: Reply<DisplayReconfigureResult>) {
    session.helper.answer(params.machine, reply) { machine in
      try machine.reconfigure(
        display: params.display ?? 0, width: params.widthInPixels, height: params.heightInPixels,
        pixelsPerInch: params.pixelsPerInch)
      return DisplayReconfigureResult()
    }
  }

  func screenshot(_ params: DisplayScreenshotParams, _ reply: Reply<DisplayScreenshotResult>) {
    do {
      try Bounds.check(params.timeout, "timeout", Self.timeoutBounds)
    } catch {
      return reply.fail(WireError(error))
    }
    let helper = session.helper
    let file = params.to.map { PictureFile(path: $0.string, overwrite: params.overwrite ?? false) }
    helper.withMachine(params.machine, reply, isShort: true) { machine, _ in
      // Others need not wait for a guest that draws nothing: the turn is not kept.
      do {
        try file?.check()
        let screenshot = try Screenshot(
          of: machine, display: params.display ?? 0, patience: params.timeout ?? Self.defaultTimeout
        ) { result, turn in
          // A large picture takes its time, in which the machine can do other things.
          helper.workQueue.async {
            reply.answerOrFail { try Self.handOver(try result.get(), file, helper) }
            turn?.end()
          }
        }
        reply.onCancel { screenshot.cancel() }
        screenshot.begin()
      } catch {
        reply.fail(WireError(error))
      }
    }
  }

  private static func handOver(
    _ picture: DisplayPicture, _ file: PictureFile?, _ helper: Helper
  ) throws -> DisplayScreenshotResult {
    let bytes = try picture.png()
    let path: String
    if let file {
      try file.write(bytes)
      path = file.path
    } else {
      path = try helper.handover.offer(bytes, makePath: { try helper.runtimeFolder.makeSocketPath() })
    }
    return DisplayScreenshotResult(
      path: PathString(path), width: UInt32(picture.width), height: UInt32(picture.height), size: UInt64(bytes.count))
  }
}
