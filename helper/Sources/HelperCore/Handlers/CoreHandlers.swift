import Foundation
import HelperProtocol

/// Handshake, liveness, the end.
final class CoreHandlers: CoreRequests, Sendable {
  private let session: Session

  init(_ session: Session) { self.session = session }

  func initialize(_ params: InitializeParams, _ reply: Reply<InitializeResult>) {
    do {
      try Bounds.check(params.shutdownGrace, "shutdownGrace", HelperOptions.graceBounds)
      let version = try Self.agree(on: params.protocolVersions)
      if let grace = params.shutdownGrace { session.grace.value = grace }
      if let client = params.client {
        Log.info("client \(client.name.prefix(64)) \((client.version ?? "").prefix(64)) speaks protocol \(version)")
      }
      // The host is looked over elsewhere: pings that come after must not wait for it.
      session.helper.workQueue.async { reply.succeed(Self.describe(version)) }
    } catch {
      reply.fail(WireError(error))
    }
  }

  /// On the reader's thread, nothing else.
  func ping(_ reply: Reply<PingResult>) {
    reply.succeed()
  }

  func shutdown(_ params: ShutdownParams, _ reply: Reply<ShutdownResult>) {
    do {
      try Bounds.check(params.grace, "grace", HelperOptions.graceBounds)
    } catch {
      return reply.fail(WireError(error))
    }
    session.helper.end(grace: params.grace ?? session.grace.value) { reply.succeed() }
  }

  /// The versions that this helper speaks, best first.
  private static let versions = [ProtocolVersion.current]

  private static func agree(on wanted: [String]) throws -> String {
    if let version = wanted.first(where: versions.contains) { return version }
    throw WireError(
      .unsupportedProtocolVersion,
      "The client speaks protocol \(wanted.prefix(8).map { String($0.prefix(16)) }.joined(separator: ", ")), "
        + "this helper \(helperVersion) speaks \(versions.joined(separator: ", ")). "
        + "Install versions of both that belong together.",
      details: ["supported": .array(versions.map { .string($0) })])
  }

  private static func describe(_ version: String) -> InitializeResult {
    let host = HostReport()
    return InitializeResult(
      protocolVersion: version, protocolHash: ProtocolVersion.hash,
      helper: HelperInfo(version: helperVersion, processIdentifier: getpid()), host: host.description,
      limits: host.limits, unavailable: host.unavailable)
  }
}
