import HelperProtocol
import Platform
import Virtualization

/// What the host lacks, told in the place of the framework's own words, which say too little about it.
struct HostTrouble {
  let entitlement: HostFact
  let keychain: HostFact

  /// The code of `VZError.internalError`: all that is said of a Mac that misses its keychain.
  private static let internalError: Int64 = 1

  /// Looks at this host.
  static func look() -> HostTrouble {
    HostTrouble(
      entitlement: HostFindings.fact(CodeSignature.virtualization(), of: HostFindings.ownProgramPath),
      keychain: HostFindings.fact(LoginKeychain.state(), on: HostFacts.macOSVersion))
  }

  /// The error itself where nothing better is known. The framework's own error is kept.
  ///
  /// - Parameter isMac: whether the machine is a virtual Mac.
  func explain(_ error: WireError, isMac: Bool) -> WireError {
    let chain = Array(sequence(first: error.apple, next: { $0?.underlying }).compactMap { $0 })
    let own = chain.filter { $0.domain == VZErrorDomain }
    guard !own.isEmpty else { return error }
    let isInternal = own.contains { $0.code == Self.internalError }
    if entitlement.status == .problem, isInternal || chain.contains(where: Self.mentionsEntitlement) {
      return WireError(.entitlementMissing, Self.words(entitlement), apple: error.apple)
    }
    guard isMac, isInternal, keychain.status == .problem else { return error }
    return WireError(
      .keychainLocked, "The virtual Mac did not start. \(Self.words(keychain))", apple: error.apple)
  }

  private static func mentionsEntitlement(_ error: AppleError) -> Bool {
    "\(error.description) \(error.failureReason ?? "")".contains("entitlement")
  }

  private static func words(_ fact: HostFact) -> String {
    [fact.finding, fact.remedy].compactMap { $0 }.joined(separator: " ")
  }
}
