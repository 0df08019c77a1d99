import Foundation
import HelperProtocol
import Platform

/// Bundles on the host.
final class BundleHandlers: BundleRequests, Sendable {
  private let session: Session

  init(_ session: Session) { self.session = session }

  func create(_ params: BundleCreateParams, _ reply: Reply<BundleCreateResult>) {
    run(reply) { isCancelled in
      let target = try BundlePath(params.path, param: "path")
      try Bounds.checkName(target.name, at: "params.path")
      if let size = params.diskSize { try DiskHandlers.checkSize(size, "diskSize") }
      let installation = params.installation ?? .notRequired
      guard Self.installations.contains(installation) else {
        throw WireError.invalidParams(
          "params.installation", "must be \(Self.installations.map(\.rawValue).joined(separator: " or "))")
      }
      let creation = BundleCreation(
        target: target, configuration: params.configuration, diskSize: params.diskSize,
        diskFormat: params.diskFormat ?? .raw, installation: installation, isCancelled: isCancelled)
      let bundle = try creation.make()
      defer { bundle.release() }
      return BundleCreateResult(path: PathString(target.path), configuration: bundle.contents.configuration)
    }
  }

  func open(_ params: BundleOpenParams, _ reply: Reply<BundleOpenResult>) {
    run(reply) { [helper = session.helper] isCancelled in
      let bundle = try BundlePath(params.path, param: "path")
      try BundleReport.explainMissing(bundle)
      let name = try Self.name(params.name, for: bundle)
      let lock = try BundleLock.take(bundle.path, owner: .machine(name))
      let document = try BundleReport.requireComplete(bundle)
      try document.requireUsable(at: bundle)
      let machine = try Self.machine(
        of: MachineBundle(bundle, lock, document), name: name, helper, isCancelled: isCancelled)
      return BundleOpenResult(
        machine: machine.handle, configuration: machine.configuration, installation: document.installation,
        standInNotice: document.standInNotice)
    }
  }

  func createMac(_ params: BundleCreateMacParams, _ reply: Reply<BundleCreateMacResult>) {
    let helper = session.helper
    helper.workQueue.async {
      do {
        let creation = try MacBundleCreation(params)
        let name = try Self.name(params.name, for: creation.target)
        creation.loadRestoreImage { image in
          // The framework's own thread is not for work that takes long.
          helper.workQueue.async {
            reply.answerOrFail {
              let isCancelled = { reply.isCancelled || helper.isEnding }
              let (bundle, warnings) = try creation.make(image.get(), isCancelled: isCancelled)
              let machine = try Self.handOver(bundle, name: name, helper, isCancelled: isCancelled)
              let document = bundle.contents
              return BundleCreateMacResult(
                machine: machine.handle, configuration: machine.configuration, installation: document.installation,
                standInNotice: document.standInNotice, warnings: warnings)
            }
          }
        }
      } catch {
        reply.fail(WireError(error))
      }
    }
  }

  /// Makes the machine of a new bundle, or deletes the bundle again.
  private static func handOver(
    _ bundle: MachineBundle, name: String, _ helper: Helper, isCancelled: () -> Bool
  ) throws -> Machine {
    do {
      bundle.claim(for: name)
      return try machine(of: bundle, name: name, helper, isCancelled: isCancelled)
    } catch {
      bundle.release()
      try? BundleRemoval.delete(bundle.path)
      throw error
    }
  }

  private static func machine(
    of bundle: MachineBundle, name: String, _ helper: Helper, isCancelled: () -> Bool
  ) throws -> Machine {
    do {
      return try helper.makeMachine(
        bundle.contents.configuration, name: name, bundle: bundle, isCancelled: isCancelled)
    } catch {
      throw inTermsOfBundle(error, bundle.path)
    }
  }

  /// The name of a bundle's machine in messages and logs.
  private static func name(_ given: String?, for bundle: BundlePath) throws -> String {
    try Bounds.checkName(given, at: "params.name")
    let name = given ?? bundle.name
    try Bounds.checkLength(name, "name", MachineHandlers.nameLengths)
    return name
  }

  func list(_ params: BundleListParams, _ reply: Reply<BundleListResult>) {
    run(reply) { _ in
      let paths = try BundlePath.all(in: params.folder.string)
      // One can go away while the others are looked at.
      return BundleListResult(bundles: try paths.compactMap(Self.summary))
    }
  }

  func inspect(_ params: BundleInspectParams, _ reply: Reply<BundleInspectResult>) {
    run(reply) { _ in
      let bundle = try BundlePath(params.path, param: "path")
      let report = try BundleReport(bundle)
      let disk = bundle.file(BundleFile.disk)
      let isThere = FileAllocation.exists(disk)
      return BundleInspectResult(
        bundle: report.summary, configuration: report.configuration, diskSize: DiskImageSize.inGuest(of: disk),
        diskUsage: isThere ? FileAllocation.usedSpace(of: disk) : nil, diskLinkTarget: BundleLink.target(of: disk),
        identityHolders: Self.identityHolders(report))
    }
  }

  func clone(_ params: BundleCloneParams, _ reply: Reply<BundleCloneResult>) {
    run(reply) { isCancelled in
      let source = try BundlePath(params.path, param: "path")
      let target = try BundlePath(params.to, param: "to")
      try Bounds.checkName(target.name, at: "params.to")
      try BundleReport.explainMissing(source)
      let clone = BundleClone(
        source: source, target: target, synchronize: params.synchronize ?? false, isCancelled: isCancelled,
        onProgress: { reply.progress(DiskProgress(completed: $0, total: $1)) })
      return BundleCloneResult(path: PathString(target.path), configuration: try clone.make().configuration)
    }
  }

  func `import`(_ params: BundleImportParams, _ reply: Reply<BundleImportResult>) {
    run(reply) { isCancelled in
      let target = try BundlePath(params.to, param: "to")
      try Bounds.checkName(target.name, at: "params.to")
      return try BundleImport(
        source: params.from.string, target: target, newIdentity: params.newIdentity ?? false,
        synchronize: params.synchronize ?? false, isCancelled: isCancelled,
        onProgress: { reply.progress(DiskProgress(completed: $0, total: $1)) }
      ).make()
    }
  }

  func rename(_ params: BundleRenameParams, _ reply: Reply<BundleRenameResult>) {
    run(reply) { _ in
      let bundle = try BundlePath(params.path, param: "path")
      try Bounds.checkName(params.name, at: "params.name")
      return BundleRenameResult(path: PathString(try BundleChange.rename(bundle, to: params.name).path))
    }
  }

  func resizeDisk(_ params: BundleResizeDiskParams, _ reply: Reply<BundleResizeDiskResult>) {
    run(reply) { isCancelled in
      let bundle = try BundlePath(params.path, param: "path")
      try DiskHandlers.checkSize(params.size, "size")
      return try BundleChange.resizeDisk(bundle) { disk in
        let resizing = DiskResizing(
          image: disk, size: params.size, isCancelled: isCancelled,
          onProgress: { reply.progress(DiskProgress(completed: $0, total: $1)) })
        return try params.relocateRecovery == true ? resizing.relocateRecovery() : resizing.grow()
      }
    }
  }

  func delete(_ params: BundleDeleteParams, _ reply: Reply<BundleDeleteResult>) {
    run(reply) { _ in
      try BundleRemoval.delete(try BundlePath(params.path, param: "path"))
      return BundleDeleteResult()
    }
  }

  func update(_ params: BundleUpdateParams, _ reply: Reply<BundleUpdateResult>) {
    run(reply) { _ in
      let bundle = try BundlePath(params.path, param: "path")
      return BundleUpdateResult(configuration: try BundleChange.update(bundle, to: params.configuration))
    }
  }

  func renewIdentity(_ params: BundleRenewIdentityParams, _ reply: Reply<BundleRenewIdentityResult>) {
    run(reply) { _ in
      let bundle = try BundlePath(params.path, param: "path")
      return BundleRenewIdentityResult(configuration: try BundleChange.renewIdentity(bundle))
    }
  }

  /// Other machines that run with the identity of a bundle; nil when there are none.
  private static func identityHolders(_ report: BundleReport) -> [RunningMachine]? {
    guard let configuration = report.configuration else { return nil }
    let others = IdentityClaim.holders(of: configuration.identities).filter { $0.bundle != report.summary.path.string }
    return others.isEmpty ? nil : others.map(RunningMachine.init)
  }

  /// Nil for one that is gone by now.
  private static func summary(of bundle: BundlePath) throws -> BundleSummary? {
    do {
      return try BundleReport(bundle).summary
    } catch let error as WireError where error.kind == .fileNotFound {
      return nil
    }
  }

  private static let installations: [BundleInstallation] = [.notRequired, .required]

  /// Off the reader's thread. What is under way is given up when the helper ends.
  private func run<Result>(
    _ reply: Reply<Result>, _ body: @escaping (_ isCancelled: @escaping () -> Bool) throws -> Result
  ) {
    session.helper.workQueue.async { [helper = session.helper] in
      reply.answerOrFail { try body { reply.isCancelled || helper.isEnding } }
    }
  }

  /// The configuration was not in the params.
  private static func inTermsOfBundle(_ error: any Error, _ bundle: BundlePath) -> WireError {
    var error = WireError(error)
    let place = "the configuration in \(bundle.file(BundleFile.document))"
    error.message = error.message.replacingOccurrences(of: ConfigurationBuilder.root, with: place)
    if error.path != nil { error.hint = "Put it back or right, or change the configuration with bundle.update." }
    error.path = nil
    return error
  }
}
