import HelperProtocol
import Platform
import Virtualization
import XCTest

@testable import HelperCore

final class HostTroubleTests: XCTestCase {
  private func trouble(
    _ entitlement: CodeSignature.Entitlement = .present, _ keychain: LoginKeychain.State = .unlocked, macOS: Int = 15
  ) -> HostTrouble {
    HostTrouble(
      entitlement: HostFindings.fact(entitlement, of: "/opt/vzkit-helper"),
      keychain: HostFindings.fact(keychain, on: (macOS, 0)))
  }

  private func error(_ code: Int64, _ reason: String, domain: String = VZErrorDomain) -> WireError {
    WireError(.hypervisorFailed, reason, apple: AppleError(domain: domain, code: code, description: reason))
  }

  private let vague = "The virtual machine failed to start."

  func testLockedKeychainExplainsAMacThatDidNotStart() {
    for state in [LoginKeychain.State.locked, .missing] {
      let explained = trouble(.present, state).explain(error(1, vague), isMac: true)
      XCTAssertEqual(explained.kind, .keychainLocked)
      XCTAssertTrue(explained.message.contains("security unlock-keychain"), explained.message)
      XCTAssertEqual(explained.apple?.description, vague)
    }
  }

  func testKeychainIsNotBlamedForAnythingElse() {
    XCTAssertEqual(trouble(.present, .locked).explain(error(1, vague), isMac: false).kind, .hypervisorFailed)
    XCTAssertEqual(trouble(.present, .locked).explain(error(5, "disk"), isMac: true).message, "disk")
    XCTAssertEqual(trouble(.present, .locked, macOS: 14).explain(error(1, vague), isMac: true).message, vague)
    XCTAssertEqual(trouble(.present, .unlocked).explain(error(1, vague), isMac: true).message, vague)
    XCTAssertEqual(trouble(.present, .unknown("denied")).explain(error(1, vague), isMac: true).message, vague)
    XCTAssertEqual(trouble(.absent, .locked).explain(WireError(.inUse, "used"), isMac: true).message, "used")
    let foreign = error(1, vague, domain: "NSPOSIXErrorDomain")
    XCTAssertEqual(trouble(.absent, .locked).explain(foreign, isMac: true).message, vague)
  }

  func testMissingEntitlement() {
    let refused = error(
      2, "The process doesn't have the \u{201C}com.apple.security.virtualization\u{201D} entitlement.")
    let explained = trouble(.absent, .locked).explain(refused, isMac: true)
    XCTAssertEqual(explained.kind, .entitlementMissing)
    XCTAssertTrue(explained.message.contains("/opt/vzkit-helper"), explained.message)
    XCTAssertTrue(explained.message.contains("npm run build:helper"), explained.message)
    XCTAssertEqual(trouble(.absent).explain(error(1, vague), isMac: false).kind, .entitlementMissing)
    // What is wrong with the configuration itself is better told first.
    XCTAssertEqual(trouble(.absent).explain(error(2, "too many CPUs"), isMac: false).message, "too many CPUs")
    // Another entitlement, such as the one for bridged networks.
    XCTAssertEqual(trouble(.present).explain(refused, isMac: false).message, refused.message)
  }

  func testCauseDeepInTheChainCounts() {
    var outer = error(10007, "Installation failed.")
    outer.apple?.underlying = AppleError(domain: VZErrorDomain, code: 1, description: vague)
    XCTAssertEqual(trouble(.present, .locked).explain(outer, isMac: true).kind, .keychainLocked)
  }
}
