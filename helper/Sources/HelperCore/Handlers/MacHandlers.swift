import Foundation
import HelperProtocol
import Platform

/// What a virtual Mac is made of beside its disk.
final class MacHandlers: MacRequests, Sendable {
  private let session: Session

  init(_ session: Session) { self.session = session }

  func createAuxiliaryStorage(
    _ params: MacCreateAuxiliaryStorageParams, _ reply: Reply<MacCreateAuxiliaryStorageResult>
  ) {
    session.helper.workQueue.async {
      reply.answerOrFail {
        try Self.makeAuxiliaryStorage(params)
        return MacCreateAuxiliaryStorageResult(path: params.path)
      }
    }
  }

  func createMachineIdentifier(_ reply: Reply<MacCreateMachineIdentifierResult>) {
    reply.answerOrFail { MacCreateMachineIdentifierResult(machineIdentifier: try MacHardware.Identifier().data) }
  }

  private static func makeAuxiliaryStorage(_ params: MacCreateAuxiliaryStorageParams) throws {
    let model = try MacData.hardwareModel(params.hardwareModel, at: "params.hardwareModel")
    let path = params.path.string
    let overwrite = params.overwrite ?? false
    try HostFileCheck(role: "auxiliary storage", path: path, field: "params.path").requireCreatable()
    // The framework's own words for this are vague.
    guard overwrite || access(path, F_OK) != 0 else {
      throw WireError(.fileExists, "There is a file \(path) already. Choose another path or set overwrite.")
    }
    if overwrite {
      let output = OutputPath(role: "auxiliary storage", path: path)
      guard !output.leadsToStream else {
        throw WireError(.fileExists, "\(path) is not a file that could be replaced. Choose another path.")
      }
      try output.requireUnused()
    }
    try MacHardware.makeAuxiliaryStorage(at: params.path.url, for: model, overwrite: overwrite)
  }
}
