import HelperProtocol
import HostSystem
import XCTest

@testable import HelperCore

final class IdentityClaimTests: XCTestCase {
  private var folder: TemporaryFolder!
  private let address = MachineIdentity.macAddress("02:00:00:00:00:01")
  private let identifier = MachineIdentity.machineIdentifier(Data("one".utf8))

  override func setUpWithError() throws { folder = try TemporaryFolder() }

  override func tearDown() { folder = nil }

  private func claim(
    _ name: String, _ identities: [MachineIdentity], allowsDuplicate: Bool = false, bundle: String? = nil,
    isMac: Bool = false
  ) throws -> IdentityClaim {
    let record = RunningMachineRecord(
      machine: "machine-1", name: name, processIdentifier: getpid(), isMac: isMac, bundle: bundle)
    return try IdentityClaim(record, identities, allowsDuplicate: allowsDuplicate, folder: folder.path)
  }

  private func assertRefused(_ identities: [MachineIdentity], naming words: String..., line: UInt = #line) {
    XCTAssertThrowsError(try claim("late", identities), line: line) { error in
      XCTAssertEqual((error as? WireError)?.kind, .identityInUse, line: line)
      let message = (error as? WireError)?.message ?? ""
      for word in words { XCTAssertTrue(message.contains(word), "\(word) is missing in \(message)", line: line) }
    }
  }

  func testEachIdentityCountsByItself() throws {
    let claim = try claim("early", [identifier, address], bundle: "/vms/early.vzkit")
    assertRefused([address], naming: "early", "/vms/early.vzkit", "MAC address 02:00:00:00:00:01", "late")
    assertRefused([.macAddress("02:00:00:00:00:02"), identifier], naming: "early", "machine identifier")
    withExtendedLifetime(try self.claim("other", [.macAddress("02:00:00:00:00:02")])) {}
    claim.release()
    claim.release()
    withExtendedLifetime(try self.claim("late", [identifier, address])) {}
    XCTAssertEqual(folder.names, [])
  }

  func testARefusalHoldsNothing() throws {
    let early = try claim("early", [identifier])
    assertRefused([address, identifier], naming: "early")
    withExtendedLifetime(try claim("third", [address])) {}
    withExtendedLifetime(early) {}
  }

  func testADuplicateKeepsTheIdentityWhenTheFirstHasGone() throws {
    let first = try claim("first", [identifier, address])
    let second = try claim("second", [identifier, address], allowsDuplicate: true)
    first.release()
    assertRefused([identifier], naming: "second")
    assertRefused([address], naming: "second")
    second.release()
    withExtendedLifetime(try claim("first", [identifier, address])) {}
  }

  func testOneOfManyAtOnceHasIt() throws {
    let identities = [identifier, address]
    let claims = Locked<[IdentityClaim]>([])
    DispatchQueue.concurrentPerform(iterations: 32) { number in
      guard let claim = try? self.claim("machine \(number)", identities) else { return }
      claims.with { $0.append(claim) }
    }
    XCTAssertEqual(claims.value.count, 1)
    XCTAssertEqual(IdentityClaim.holders(of: identities, in: folder.path).count, 1)
  }

  func testOnlyVirtualMacsAreCountedAsSuch() throws {
    let claims = try [claim("linux", [address]), claim("mac", [identifier], isMac: true)]
    XCTAssertEqual(RunningMac.all(in: folder.path).map(\.name), ["mac"])
    XCTAssertEqual(RunningMachineRecord.all(in: folder.path).count, 2)
    withExtendedLifetime(claims) {}
  }

  func testAPlaceThatCannotBeWrittenKeepsNobodyFromRunning() throws {
    let record = RunningMachineRecord(machine: "machine-1", name: "a", processIdentifier: getpid(), isMac: false)
    let below = "\(try folder.file("file"))/below"
    for _ in 0..<2 {
      withExtendedLifetime(try IdentityClaim(record, [identifier], allowsDuplicate: false, folder: below)) {}
    }
  }

  func testWhatTellsAConfiguredMachineFromOthers() {
    let network = { NetworkDevice.virtio(VirtioNetworkDevice(macAddress: $0, attachment: .nat(NATAttachment()))) }
    let mac = MachineConfiguration(
      cpuCount: 2, memorySize: 1 << 30,
      platform: .mac(
        MacPlatform(
          hardwareModel: Data(), machineIdentifier: Data("mac".utf8), auxiliaryStoragePath: PathString("/aux"))),
      bootLoader: .macOS(MacOSBootLoader()),
      networkDevices: [network("02:00:00:00:00:01"), network("02:00:00:00:00:01"), network(nil)])
    XCTAssertEqual(mac.identities, [.machineIdentifier(Data("mac".utf8)), address])
    XCTAssertEqual(
      MachineIdentity.macAddress("0A:00:00:00:00:01").text, MachineIdentity.macAddress("0a:00:00:00:00:01").text)
    XCTAssertNotEqual(identifier.lockName, MachineIdentity.machineIdentifier(Data("two".utf8)).lockName)
  }
}
