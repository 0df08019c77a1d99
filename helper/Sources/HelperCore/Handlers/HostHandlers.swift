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
}
