import Foundation
import HelperProtocol

/// Disk images on the host.
final class DiskHandlers: DiskRequests, Sendable {
  private let session: Session

  init(_ session: Session) { self.session = session }

  func create(_ params: DiskCreateParams, _ reply: Reply<DiskCreateResult>) {
    session.helper.workQueue.async {
      reply.answerOrFail {
        try Self.checkSize(params.size, "size")
        let format = params.format ?? .raw
        guard format == .raw || params.isSparse != false else {
          throw WireError.invalidParams("params.isSparse", "must be true for the format asif, which is always sparse")
        }
        let maker = DiskImageMaker(
          path: params.path.string, size: params.size, format: format, isSparse: params.isSparse ?? true,
          overwrite: params.overwrite ?? false, isCancelled: { reply.isCancelled },
          onProgress: { reply.progress(DiskProgress(completed: $0, total: params.size)) })
        try maker.make()
        return DiskCreateResult(path: params.path, size: params.size)
      }
    }
  }

  static func checkSize(_ size: UInt64, _ param: String) throws {
    let unit = DiskImageMaker.sectorSize
    guard size > 0, size % unit == 0, size <= UInt64(Int64.max) else {
      throw WireError.invalidParams("params.\(param)", "must be a positive multiple of \(unit) bytes, not \(size)")
    }
  }
}
