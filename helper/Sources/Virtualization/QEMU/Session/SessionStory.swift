import Foundation

/// What was seen of a run, from which its end is explained.
struct SessionStory {
  var startWasAnswered = false
  var stopWasRequested = false
  var startRefusal: String?
  var serviceFailure: String?
  private var shutdown: (byGuest: Bool, reason: String)?
  private var panic: String?

  mutating func note(_ event: QMPEvent) {
    switch event.name {
    case "SHUTDOWN":
      shutdown = (event.data["guest"]?.bool ?? false, event.data["reason"]?.string ?? "")
    case "GUEST_PANICKED":
      panic = "The guest's kernel panicked."
    default: break
    }
  }

  /// - Parameters:
  ///   - lastMessages: QEMU's.
  ///   - serviceMessages: of the programs that serve its devices.
  func end(_ exit: ChildProcess.Exit, lastMessages: String, serviceMessages: String) -> HypervisorSession.End {
    let refusal = startRefusal.map { "QEMU cannot run the machine: \($0)" }
    if let known = refusal ?? panic ?? serviceFailure { return .failed(VZError(.internalError, reason: known)) }
    if stopWasRequested { return .requested }
    switch exit {
    case .code(0):
      if shutdown?.byGuest == true { return .guestStopped }
      let reason = shutdown?.reason ?? "no reason given"
      return .failed(VZError(.internalError, reason: "QEMU was asked to end from outside (\(reason))."))
    case .code(let code):
      // Of a program that has ended QEMU knows only that it cannot write to it.
      let messages = lastMessages.contains("vhost") ? [serviceMessages, lastMessages] : [lastMessages]
      return .failed(
        Self.failure("QEMU ended with status \(code)", messages.filter { !$0.isEmpty }.joined(separator: "\n")))
    case .signal(let signal):
      let name = String(cString: strsignal(signal))
      return .failed(Self.failure("QEMU was killed by signal \(signal) (\(name))", lastMessages))
    }
  }

  /// The error of a start that did not succeed.
  static func startError(_ end: HypervisorSession.End) -> VZError {
    switch end {
    case .failed(let error): return error
    case .requested: return VZError(.operationCancelled, reason: "The machine was stopped while it was starting.")
    case .guestStopped: return VZError(.internalError, reason: "The guest turned itself off while it was starting.")
    }
  }

  static func startError(_ error: any Error) -> VZError {
    switch error {
    case let error as VZError: return error
    case let missing as HypervisorHost.Problem:
      return VZError(.notSupported, reason: missing.description)
    default: return VZError(.internalError, reason: "QEMU cannot be started: \(error).")
    }
  }

  /// How QEMU and virtiofsd say that they may open no more files.
  private static let descriptorShortages = ["Too many open files", "number of file descriptors too small"]

  private static func failure(_ what: String, _ lastMessages: String) -> VZError {
    if lastMessages.contains("Failed to get") && lastMessages.contains("lock") {
      return VZError(
        .internalError, reason: "A disk image of the machine is in use by another process: \(lastMessages)",
        underlying: NSError(errno: EBUSY))
    }
    if lastMessages.contains("Could not set up host forwarding rule") {
      return VZError(
        .internalError, reason: "A port of the host cannot be forwarded to the guest: \(lastMessages)",
        underlying: NSError(errno: EADDRINUSE))
    }
    if descriptorShortages.contains(where: lastMessages.contains) {
      return VZError(
        .internalError, reason: "\(what), since the limit of open files is too low: \(lastMessages)",
        suggestion: "Raise the limit of open files for the helper, its hard limit too (ulimit -n 65536).",
        underlying: NSError(errno: EMFILE))
    }
    return VZError(.internalError, reason: what + (lastMessages.isEmpty ? "." : ": \(lastMessages)"))
  }
}
