import HelperProtocol
import Platform

/// What matters on a Mac, and for virtual Macs.
extension HostFindings {
  var entitlementFact: HostFact { Self.fact(entitlement, of: programPath) }

  /// - Parameter programPath: the helper's own program.
  static func fact(_ entitlement: CodeSignature.Entitlement, of programPath: String) -> HostFact {
    let name = CodeSignature.virtualizationEntitlement
    switch entitlement {
    case .present:
      return .ok(.entitlement, "The helper's own signature carries \(name).")
    case .absent:
      return .problem(
        .entitlement,
        "The signature of \(programPath) lacks \(name), so the framework refuses every machine. "
          + "Tools that strip, bundle or sign programs again take it away.",
        remedy: "Install the package anew or, in a clone, run: npm run build:helper")
    case .unknown(let reason):
      return HostFact(
        id: .entitlement, status: .unknown, finding: "Whether the signature carries \(name) is unknown: \(reason).",
        remedy: "Look with: codesign --display --entitlements - \(programPath)")
    case .notNeeded:
      return .notApplicable(.entitlement, "Programs need no entitlement on this system.")
    }
  }

  var guiSession: HostFact {
    guard isMac else { return .notApplicable(.guiSession, guiProblem ?? "Windows need macOS.") }
    guard guiProblem != nil else { return .ok(.guiSession, "The helper can show windows and see displays.") }
    return .warning(
      .guiSession,
      "The helper does not belong to a GUI session: it runs machines, but shows no window and sees no display.",
      remedy: "Log in at the Mac's screen or by screen sharing and start it from there, not over SSH nor as a daemon.")
  }

  /// From this macOS on the framework keeps keys of guests in the keychain.
  private static let firstWithKeys = 15
  private static let consequence = "guests with macOS 15 and later do not start"

  var loginKeychain: HostFact { Self.fact(keychain, on: macOSVersion) }

  /// - Parameter macOSVersion: the host's; nil where it is no Mac.
  static func fact(_ keychain: LoginKeychain.State, on macOSVersion: (major: Int, minor: Int)?) -> HostFact {
    guard let macOSVersion else { return .notApplicable(.loginKeychain, "There is no keychain on this system.") }
    let matters = macOSVersion.major >= firstWithKeys
    switch keychain {
    case .unlocked:
      return .ok(.loginKeychain, "The user's keychain is unlocked.")
    case .locked:
      guard matters else {
        return .ok(.loginKeychain, "The user's keychain is locked, which guests need only from macOS 15 on.")
      }
      return .problem(
        .loginKeychain, "The user's keychain is locked: \(consequence).",
        remedy: "Run in this session: security unlock-keychain login.keychain")
    case .missing:
      guard matters else {
        return .ok(.loginKeychain, "The user has no keychain, which guests need only from macOS 15 on.")
      }
      return .problem(
        .loginKeychain, "The user has no keychain: \(consequence).",
        remedy: "Log in once at the Mac's screen, or run: security create-keychain login.keychain && "
          + "security default-keychain -s login.keychain && security unlock-keychain login.keychain")
    case .unknown(let reason):
      return HostFact(
        id: .loginKeychain, status: .unknown, finding: "Whether the user's keychain is unlocked is unknown: \(reason).",
        remedy: "If a guest fails to start, run: security unlock-keychain login.keychain")
    case .notNeeded:
      return .notApplicable(.loginKeychain, "There is no keychain on this system.")
    }
  }

  /// Whether the user has allowed it is told by no interface, so this cannot be more than a hint.
  var localNetwork: HostFact {
    guard let macOSVersion else {
      return .notApplicable(.localNetwork, "Programs need no leave for the host's networks on this system.")
    }
    guard macOSVersion.major >= UnreachableGuest.firstGuardedMacOS else {
      return .notApplicable(
        .localNetwork,
        "Programs need leave for the host's networks only from macOS \(UnreachableGuest.firstGuardedMacOS) on.")
    }
    return HostFact(
      id: .localNetwork, status: .unknown,
      finding: "Whether the helper may reach the network of its guests, as port forwards do, is not told by macOS; "
        + "\"No route to host\" for a guest that runs means that it may not.",
      remedy: UnreachableGuest.remedy)
  }

  var virtualMacs: HostFact {
    if let macProblem { return .notApplicable(.virtualMacs, macProblem) }
    let limit = MacHost.runningLimit
    guard !runningMacs.isEmpty else {
      return .ok(
        .virtualMacs, "No virtual Mac of vzkit runs; the host runs up to \(limit), those of other programs included.")
    }
    let text = "\(runningMacs.count) of \(limit) virtual Macs run: \(runningMacs.map(\.words).joined(separator: ", "))."
    guard runningMacs.count >= limit else { return .ok(.virtualMacs, text) }
    return .warning(
      .virtualMacs, "\(text) Another one is refused with virtualMachineLimitExceeded.",
      remedy: "Stop one of them, or end its helper.")
  }

  var standInMac: HostFact {
    guard let standInNotice else {
      return .notApplicable(
        .standInMac,
        isMac ? "Virtual Macs are macOS here." : "The stand-in Mac for tests is off; VZKIT_STANDIN_MAC=1 turns it on.")
    }
    return .warning(.standInMac, standInNotice, remedy: "Unset VZKIT_STANDIN_MAC where nothing is tested.")
  }
}
