import HelperProtocol
import XCTest

@testable import HelperCore
@testable import Platform

/// What findings mean, those of hosts that this one is not included.
final class HostFindingsTests: XCTestCase {
  private func fact(_ id: HostFactIdentifier, of findings: HostFindings) throws -> HostFact {
    let facts = findings.facts.filter { $0.id == id }
    XCTAssertEqual(facts.count, 1)
    let fact = try XCTUnwrap(facts.first)
    if fact.status == .warning || fact.status == .problem { XCTAssertNotNil(fact.remedy, fact.finding) }
    return fact
  }

  private func status(_ id: HostFactIdentifier, of findings: HostFindings) throws -> HostFactStatus {
    try fact(id, of: findings).status
  }

  func testSoundMacHasNothingToPutRight() {
    for fact in HostFindings.mac().facts where fact.id != .localNetwork {
      XCTAssertTrue([.ok, .notApplicable].contains(fact.status), "\(fact)")
      XCTAssertNil(fact.remedy)
    }
    let open = HostFindings.mac().facts.filter { $0.status == .notApplicable }.map(\.id)
    XCTAssertEqual(open, [.qemu, .virtiofsd, .standInMac])
  }

  func testSoundLinuxHost() {
    let facts = HostFindings.linux().facts
    XCTAssertEqual(
      facts.filter { $0.status == .ok }.map(\.id),
      [.processor, .operatingSystem, .virtualization, .freeSpace, .accelerator, .qemu, .virtiofsd])
    XCTAssertEqual(facts.filter { $0.status == .notApplicable }.count, 6)
    XCTAssertEqual(Set(facts.map(\.id)).count, facts.count)
  }

  func testProcessor() throws {
    var findings = HostFindings.mac()
    findings.architecture = "x86_64"
    XCTAssertEqual(try status(.processor, of: findings), .warning)
    XCTAssertTrue(try fact(.processor, of: findings).remedy?.contains("Apple silicon") == true)
    findings.isTranslated = true
    XCTAssertEqual(try status(.processor, of: findings), .problem)
    findings = .linux()
    findings.processorName = nil
    XCTAssertTrue(try fact(.processor, of: findings).finding.hasPrefix("x86_64"))
  }

  func testOldSystem() throws {
    var findings = HostFindings.mac()
    findings.macOSVersion = (12, 6)
    XCTAssertEqual(try status(.operatingSystem, of: findings), .problem)
  }

  func testFrameworkRefuses() throws {
    var findings = HostFindings.mac()
    let problem = HostProblem(finding: "It is a guest.", remedy: "Use another Mac.")
    findings.hypervisor = .framework(problem: problem)
    let fact = try fact(.virtualization, of: findings)
    XCTAssertEqual(fact.status, .problem)
    XCTAssertTrue(fact.finding.contains(problem.finding))
    XCTAssertEqual(fact.remedy, problem.remedy)
    XCTAssertEqual(try status(.accelerator, of: findings), .notApplicable)
  }

  func testEntitlement() throws {
    var findings = HostFindings.mac()
    findings.programPath = "/opt/vzkit-helper"
    findings.entitlement = .absent
    let absent = try fact(.entitlement, of: findings)
    XCTAssertEqual(absent.status, .problem)
    XCTAssertTrue(absent.finding.contains("com.apple.security.virtualization"))
    XCTAssertTrue(absent.finding.contains("/opt/vzkit-helper"))
    findings.entitlement = .unknown("no memory")
    let unknown = try fact(.entitlement, of: findings)
    XCTAssertEqual(unknown.status, .unknown)
    XCTAssertTrue(unknown.finding.contains("no memory"))
  }

  func testWithoutGUISessionMachinesStillRun() throws {
    var findings = HostFindings.mac()
    findings.guiProblem = "no session"
    XCTAssertEqual(try status(.guiSession, of: findings), .warning)
  }

  func testKeychainMattersFromMacOS15On() throws {
    var findings = HostFindings.mac()
    for (state, expected) in [(LoginKeychain.State.locked, HostFactStatus.problem), (.missing, .problem)] {
      findings.keychain = state
      findings.macOSVersion = (15, 0)
      XCTAssertEqual(try status(.loginKeychain, of: findings), expected)
      XCTAssertTrue(try fact(.loginKeychain, of: findings).remedy?.contains("security unlock-keychain") == true)
      findings.macOSVersion = (14, 6)
      XCTAssertEqual(try status(.loginKeychain, of: findings), .ok)
    }
    findings.keychain = .unknown("denied")
    XCTAssertEqual(try status(.loginKeychain, of: findings), .unknown)
  }

  func testMacOS15GuardsTheLocalNetwork() throws {
    var findings = HostFindings.mac()
    findings.macOSVersion = (15, 0)
    XCTAssertEqual(try status(.localNetwork, of: findings), .unknown)
    XCTAssertTrue(try fact(.localNetwork, of: findings).remedy?.contains("Local Network") == true)
    findings.macOSVersion = (14, 6)
    XCTAssertEqual(try status(.localNetwork, of: findings), .notApplicable)
    XCTAssertEqual(try status(.localNetwork, of: .linux()), .notApplicable)
  }

  func testFreeSpace() throws {
    var findings = HostFindings.mac()
    let cases: [(UInt64?, HostFactStatus)] = [
      (nil, .unknown), (0, .problem), ((1 << 30) - 1, .problem), (1 << 30, .warning), ((40 << 30) - 1, .warning),
      (40 << 30, .ok), (.max, .ok),
    ]
    for (space, expected) in cases {
      findings.freeSpace = space
      XCTAssertEqual(try status(.freeSpace, of: findings), expected, "\(String(describing: space))")
      XCTAssertTrue(try fact(.freeSpace, of: findings).finding.contains(findings.folder))
    }
    findings.freeSpace = 3 << 29
    XCTAssertTrue(try fact(.freeSpace, of: findings).finding.contains("1.5 GiB"))
    // No macOS is installed here.
    var linux = HostFindings.linux()
    linux.freeSpace = 2 << 30
    XCTAssertEqual(try status(.freeSpace, of: linux), .ok)
  }

  func testVirtualMacsAgainstTheLimit() throws {
    var findings = HostFindings.mac()
    findings.runningMacs = [RunningMac(machine: "machine-1", name: "build", processIdentifier: 4711)]
    let one = try fact(.virtualMacs, of: findings)
    XCTAssertEqual(one.status, .ok)
    XCTAssertTrue(one.finding.hasPrefix("1 of 2"), one.finding)
    XCTAssertTrue(one.finding.contains("\"build\" (machine-1 of the helper with process id 4711)"), one.finding)
    findings.runningMacs.append(RunningMac(machine: "machine-9", name: "machine-9", processIdentifier: 12))
    XCTAssertEqual(try status(.virtualMacs, of: findings), .warning)
  }

  func testSlowAccelerator() throws {
    var findings = HostFindings.linux()
    findings.hypervisor = .qemu(accelerator: "tcg", remedy: "Load kvm_intel.")
    let fact = try fact(.accelerator, of: findings)
    XCTAssertEqual(fact.status, .warning)
    XCTAssertEqual(fact.remedy, "Load kvm_intel.")
  }

  func testMissingPrograms() throws {
    var findings = HostFindings.linux()
    let missing = HostProblem(finding: "It is not installed.", remedy: "apt-get install it")
    findings.hypervisor = .qemu(problem: missing)
    for id in [HostFactIdentifier.qemu, .virtualization] {
      XCTAssertEqual(try status(id, of: findings), .problem)
      XCTAssertEqual(try fact(id, of: findings).remedy, missing.remedy)
    }
    findings.hypervisor = .qemu(sharingProblem: missing)
    XCTAssertEqual(try status(.virtiofsd, of: findings), .warning)
    XCTAssertEqual(try status(.virtualization, of: findings), .ok)
  }

  func testStandInIsNeverSilent() throws {
    var findings = HostFindings.linux()
    findings.macProblem = nil
    findings.standInNotice = "This is a stand-in."
    let fact = try fact(.standInMac, of: findings)
    XCTAssertEqual(fact.status, .warning)
    XCTAssertEqual(fact.finding, "This is a stand-in.")
    XCTAssertEqual(try status(.virtualMacs, of: findings), .ok)
  }

  func testThisHostIsDescribed() throws {
    let findings = HostFindings.gather(folder: "/")
    XCTAssertEqual(findings.facts.count, HostFindings.mac().facts.count)
    XCTAssertGreaterThan(findings.processorCount, 0)
    XCTAssertNotNil(findings.freeSpace)
  }
}

extension HostFindings {
  fileprivate static func mac() -> HostFindings {
    HostFindings(
      operatingSystem: "macOS", operatingSystemVersion: "15.6.1", macOSVersion: (15, 6), processorName: "Apple M2 Pro",
      architecture: "arm64", processorCount: 12, memorySize: 32 << 30, isTranslated: false, hypervisor: .framework(),
      programPath: "/opt/vzkit-helper", entitlement: .present, guiProblem: nil, keychain: .unlocked,
      folder: "/Users/ada", freeSpace: 500 << 30, macProblem: nil, standInNotice: nil, runningMacs: [])
  }

  fileprivate static func linux() -> HostFindings {
    HostFindings(
      operatingSystem: "Linux", operatingSystemVersion: "Debian GNU/Linux 13 (trixie)", macOSVersion: nil,
      processorName: "AMD EPYC", architecture: "x86_64", processorCount: 2, memorySize: 8 << 30, isTranslated: false,
      hypervisor: .qemu(), programPath: "/opt/vzkit-helper", entitlement: .notNeeded, guiProblem: "no windows",
      keychain: .notNeeded, folder: "/home/ada", freeSpace: 100 << 30, macProblem: "no Apple silicon",
      standInNotice: nil, runningMacs: [])
  }
}

extension HypervisorFacts {
  fileprivate static func framework(problem: HostProblem? = nil) -> HypervisorFacts {
    HypervisorFacts(
      isFramework: true, path: nil, version: nil, problem: problem, accelerator: problem == nil ? "hardware" : "none",
      acceleratorReason: "It has extensions.", acceleratorRemedy: nil, sharingPath: nil, sharingVersion: nil,
      sharingProblem: nil)
  }

  fileprivate static func qemu(
    problem: HostProblem? = nil, accelerator: String = "kvm", remedy: String? = nil, sharingProblem: HostProblem? = nil
  ) -> HypervisorFacts {
    HypervisorFacts(
      isFramework: false, path: "/usr/bin/qemu", version: "10.0.2", problem: problem, accelerator: accelerator,
      acceleratorReason: "/dev/kvm works.", acceleratorRemedy: remedy, sharingPath: "/usr/libexec/virtiofsd",
      sharingVersion: "1.13.2", sharingProblem: sharingProblem)
  }
}
