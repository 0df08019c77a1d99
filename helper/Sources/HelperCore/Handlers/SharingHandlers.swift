import HelperProtocol
import Platform
import Virtualization

/// The folders that a machine shares.
final class SharingHandlers: SharingRequests, Sendable {
  private let session: Session

  init(_ session: Session) { self.session = session }

  func list(_ params: SharingListParams, _ reply: Reply<SharingListResult>) {
    session.helper.withMachine(params.machine, reply, isShort: true) { machine, done in
      let devices = Self.devices(of: machine).map { SharingDevice(tag: $0.tag, share: DirectoryShare($0.share)) }
      reply.succeed(SharingListResult(devices: devices))
      done()
    }
  }

  func setShare(_ params: SharingSetShareParams, _ reply: Reply<SharingSetShareResult>) {
    session.helper.withMachine(params.machine, reply) { machine, done in
      do {
        let device = try Self.device(params.tag, of: machine)
        try ShareExchange.set(try params.share?.frameworkShare(at: "params.share"), of: device)
        reply.succeed()
      } catch {
        reply.fail(machine.wireError(error))
      }
      done()
    }
  }

  private static func devices(of machine: Machine) -> [VZVirtioFileSystemDevice] {
    machine.virtualMachine.directorySharingDevices.compactMap { $0 as? VZVirtioFileSystemDevice }
  }

  private static func device(_ tag: String, of machine: Machine) throws -> VZVirtioFileSystemDevice {
    let devices = devices(of: machine)
    if let device = devices.first(where: { $0.tag == tag }) { return device }
    let known = devices.map { "\"\($0.tag)\"" }.joined(separator: ", ")
    throw WireError(
      .deviceNotConfigured,
      "The machine \(machine.title) shares nothing with the tag \"\(tag.prefix(64))\"; "
        + (known.isEmpty
          ? "add a device to directorySharingDevices and create it again." : "it has \(known)."),
      path: "params.tag")
  }
}
