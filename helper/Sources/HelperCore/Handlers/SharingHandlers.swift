import HelperProtocol
import Platform
import Virtualization

/// The folders that a machine shares.
final class SharingHandlers: SharingRequests, Sendable {
  private let session: Session

  init(_ session: Session) { self.session = session }

  func list(_ params: SharingListParams, _ reply: Reply<SharingListResult>) {
    session.helper.answer(params.machine, reply, isShort: true) { machine in
      let devices = machine.sharingDevices.map { SharingDevice(tag: $0.tag, share: DirectoryShare($0.share)) }
      return SharingListResult(devices: devices)
    }
  }

  func setShare(_ params: SharingSetShareParams, _ reply: Reply<SharingSetShareResult>) {
    session.helper.answer(params.machine, reply) { machine in
      do {
        let device = try machine.sharingDevice(params.tag, at: "params.tag")
        try ShareExchange.set(try params.share?.frameworkShare(at: "params.share"), of: device)
        return SharingSetShareResult()
      } catch {
        throw machine.wireError(error)
      }
    }
  }
}
