import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Restore images: downloads and their cache.
final class RestoreImageHandlers: RestoreImageRequests, Sendable {
  let session: Session
  private let running = DownloadCount()

  init(_ session: Session) { self.session = session }

  func download(_ params: RestoreImageDownloadParams, _ reply: Reply<RestoreImageDownloadResult>) {
    do {
      try Self.check(params)
      let source = try DownloadSource(params.url)
      guard running.begin() else {
        throw WireError(
          .tooManyRequests, "\(DownloadCount.maximum) downloads are running already. Wait for one of them to end.")
      }
      // A thread of its own: it lasts as long as the network lets it.
      let thread = Thread { [running] in
        defer { running.end() }
        reply.answerOrFail { try Self.provide(source, params, reply) }
      }
      thread.name = "download"
      thread.start()
    } catch {
      reply.fail(WireError(error))
    }
  }

  func cacheList(_ reply: Reply<RestoreImageCacheListResult>) {
    session.helper.workQueue.async {
      let cache = RestoreImageCache()
      reply.succeed(RestoreImageCacheListResult(folder: PathString(cache.folder), entries: cache.list()))
    }
  }

  func cachePrune(_ params: RestoreImageCachePruneParams, _ reply: Reply<RestoreImageCachePruneResult>) {
    guard params.maximumSize != nil || params.olderThan != nil else {
      return reply.fail(
        .invalidParams("params", "must say what to delete: maximumSize (0 empties the cache), olderThan, or both"))
    }
    if let age = params.olderThan, age < 0 {
      return reply.fail(.invalidParams("params.olderThan", "must be 0 seconds or more, not \(age)"))
    }
    session.helper.workQueue.async {
      let removed = RestoreImageCache().prune(maximumSize: params.maximumSize, olderThan: params.olderThan)
      let freed = removed.reduce(UInt64(0)) { $0 + $1.diskSize }
      reply.succeed(RestoreImageCachePruneResult(removed: removed, freed: freed))
    }
  }

  // MARK: - Download

  private static func check(_ params: RestoreImageDownloadParams) throws {
    if let count = params.connections, !(1...8).contains(count) {
      throw WireError.invalidParams("params.connections", "must be from 1 to 8, not \(count)")
    }
    if let count = params.retries, count > 100 {
      throw WireError.invalidParams("params.retries", "must be from 0 to 100, not \(count)")
    }
    try Bounds.check(params.stallTimeout, "stallTimeout", 1...600)
    if let digest = params.sha256, digest.utf8.count != 64 || !digest.allSatisfy(\.isHexDigit) {
      throw WireError.invalidParams("params.sha256", "must be 64 hexadecimal digits")
    }
  }

  private static func provide(
    _ source: DownloadSource, _ params: RestoreImageDownloadParams, _ reply: Reply<RestoreImageDownloadResult>
  ) throws -> RestoreImageDownloadResult {
    try DownloadOptions.checkLibraries()
    switch source {
    case .local(let path):
      let file = LocalFile(
        path: path, target: try params.to.map { try target($0.string, (path as NSString).lastPathComponent) },
        sha256: params.sha256?.lowercased(), overwrite: params.overwrite ?? false,
        isCancelled: { reply.isCancelled }, report: { reply.progress($0) })
      return try file.provide()
    case .remote(let url):
      let place = try params.to.map { try target($0.string, url.fileName) } ?? RestoreImageCache().path(for: url)
      let download = Download(options(params, url, place)) { reply.progress($0) }
      reply.onCancel { download.cancel() }
      return try download.run()
    }
  }

  private static func options(_ params: RestoreImageDownloadParams, _ url: RemoteURL, _ target: String)
    -> DownloadOptions
  {
    var options = DownloadOptions(url: url, target: target, sha256: params.sha256?.lowercased())
    options.connections = Int(params.connections ?? 4)
    options.overwrite = params.overwrite ?? false
    options.retries = Int(params.retries ?? 10)
    options.stallTimeout = params.stallTimeout ?? 20
    options.isInCache = params.to == nil
    return options
  }

  /// The file that `to` means, which may be a folder.
  private static func target(_ to: String, _ name: String) throws -> String {
    var status = stat()
    if stat(to, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      return to.hasSuffix("/") ? to + name : "\(to)/\(name)"
    }
    let folder = (to as NSString).deletingLastPathComponent
    guard !to.hasSuffix("/") else {
      throw WireError(
        .fileNotFound, "The folder \(to) does not exist. Make it first, or leave the slash out to name a file.",
        path: "params.to")
    }
    guard stat(folder.isEmpty ? "/" : folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR
    else { throw WireError(.fileNotFound, "The folder of \(to) does not exist. Make it first.") }
    return to
  }
}

/// The downloads of one client, of which each takes several threads.
private final class DownloadCount: Sendable {
  static let maximum = 32
  private let count = Locked(0)

  /// Whether one more may begin.
  func begin() -> Bool {
    count.with { count in
      guard count < Self.maximum else { return false }
      count += 1
      return true
    }
  }

  func end() { count.with { $0 -= 1 } }
}
