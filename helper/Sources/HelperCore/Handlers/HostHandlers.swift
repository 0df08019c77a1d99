import Foundation
import HelperProtocol

/// Facts about the host.
final class HostHandlers: HostRequests, Sendable {
  private let session: Session

  init(_ session: Session) { self.session = session }

  func describe(_ reply: Reply<HostDescribeResult>) {
    session.helper.workQueue.async {
      let report = HostReport()
      reply.succeed(
        HostDescribeResult(host: report.description, limits: report.limits, unavailable: report.unavailable))
    }
  }

  func diagnose(_ params: HostDiagnoseParams, _ reply: Reply<HostDiagnoseResult>) {
    session.helper.workQueue.async {
      reply.answerOrFail {
        if let folder = params.folder {
          try HostFileCheck(role: "folder", path: folder.string, field: "params.folder").requireFolder()
        }
        let folder = params.folder?.string ?? FileManager.default.currentDirectoryPath
        let findings = HostFindings.gather(folder: folder)
        return HostDiagnoseResult(facts: findings.facts, runningMacs: findings.runningMacs)
      }
    }
  }
}
