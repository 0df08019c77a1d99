import Foundation
import HelperProtocol
import Platform

/// What restore images say about themselves, and what speaks against installing them.
extension RestoreImageHandlers {
  func load(_ params: RestoreImageLoadParams, _ reply: Reply<RestoreImageLoadResult>) {
    session.helper.workQueue.async {
      do {
        try HostFileCheck(
          role: "restore image", path: params.path.string, field: "params.path", mismatchKind: .invalidRestoreImage
        ).requireReadable()
      } catch {
        return reply.fail(WireError(error))
      }
      MacRestoreImage.load(from: params.path.url) { result in
        reply.answerOrFail { RestoreImageLoadResult(image: RestoreImageInfo(try result.get())) }
      }
    }
  }

  func latestSupported(
    _ params: RestoreImageLatestSupportedParams, _ reply: Reply<RestoreImageLatestSupportedResult>
  ) {
    session.helper.workQueue.async {
      do {
        MacRestoreImage.fetchLatest(catalog: try Self.catalog(params.catalogURL)) { result in
          reply.answerOrFail { RestoreImageLatestSupportedResult(image: RestoreImageInfo(try result.get())) }
        }
      } catch {
        reply.fail(WireError(error))
      }
    }
  }

  func preflight(_ params: RestoreImagePreflightParams, _ reply: Reply<RestoreImagePreflightResult>) {
    session.helper.workQueue.async {
      reply.answerOrFail {
        let warnings = try InstallPreflight(
          version: params.version, requirements: params.requirements, cpuCount: params.cpuCount,
          memorySize: params.memorySize, diskSize: params.diskSize, imageSize: params.imageSize,
          folder: params.folder?.string,
          download: try params.url.map { try PlannedDownload(url: $0, folder: params.downloadFolder?.string) }
        ).run()
        return RestoreImagePreflightResult(warnings: warnings)
      }
    }
  }

  private static func catalog(_ text: String?) throws -> URL? {
    guard let text else { return nil }
    guard let url = URL(string: text), ["http", "https", "file"].contains(url.scheme?.lowercased() ?? "") else {
      throw WireError.invalidParams("params.catalogURL", "must be an http, https or file URL")
    }
    if let problem = MacHost.catalogProblem { throw WireError(.notSupported, problem, path: "params.catalogURL") }
    return url
  }
}

extension RestoreImageInfo {
  init(_ image: MacRestoreImage) {
    self.init(
      path: image.url.isFileURL ? PathString(image.url.path) : nil,
      url: image.url.isFileURL ? nil : image.url.absoluteString,
      version: "\(image.version)", build: image.build, size: Self.size(image.url),
      isSupported: image.isSupported, unsupportedReason: image.unsupportedReason,
      requirements: image.requirements.map {
        RestoreImageRequirements(
          hardwareModel: $0.hardwareModel, minimumCPUCount: UInt32($0.minimumCPUCount),
          minimumMemorySize: $0.minimumMemorySize)
      }, standInNotice: MacHost.standInNotice)
  }

  private static func size(_ url: URL) -> UInt64? {
    var status = stat()
    return url.isFileURL && stat(url.path, &status) == 0 ? UInt64(status.st_size) : nil
  }
}
