import XCTest

@testable import Virtualization

final class HostTests: XCTestCase {
  private func decide(
    override: String? = nil, flags: Set<String> = ["vmx"], modules: Set<String> = [], problem: String? = nil
  ) -> Accelerator {
    Accelerator.decide(
      override: override, processorFlags: { flags }, moduleExists: { modules.contains($0) }, probe: { problem })
  }

  func testAccelerator() {
    XCTAssertEqual(decide().kind, .kvm)
    XCTAssertEqual(decide(problem: "closed").kind, .tcg)
    XCTAssertEqual(decide(problem: "closed").reason, "closed")
    XCTAssertEqual(decide(modules: ["kvm_pvm"]).kind, .tcg)
    #if arch(x86_64)
      XCTAssertEqual(decide(flags: ["sse2"]).kind, .tcg)
    #endif
    XCTAssertEqual(decide(override: "tcg").kind, .tcg)
    XCTAssertEqual(decide(override: "kvm", flags: [], problem: "closed").kind, .kvm)
    XCTAssertTrue(decide(override: "warp").reason.contains("warp"))
  }

  func testSlowAcceleratorHasItsRemedy() {
    XCTAssertNil(decide().remedy)
    XCTAssertNil(decide(override: "kvm").remedy)
    XCTAssertEqual(decide(problem: "closed").remedy?.contains("/dev/kvm"), true)
    XCTAssertEqual(decide(override: "tcg").remedy?.contains("VZKIT_ACCELERATOR"), true)
    XCTAssertEqual(decide(override: "warp").remedy?.contains("VZKIT_ACCELERATOR"), true)
    XCTAssertNotNil(decide(modules: ["kvm_pvm"]).remedy)
    #if arch(x86_64)
      XCTAssertNotNil(decide(flags: ["sse2"]).remedy)
    #endif
  }

  func testFactsAreQEMUsOwn() throws {
    let facts = HypervisorHost.probe()
    guard let path = facts.qemuPath else { throw XCTSkip(facts.qemuProblem?.description ?? "there is no QEMU") }
    let said = try ProgramOutput.collect(path, ["--version"])
    XCTAssertTrue(said.contains("version \(try XCTUnwrap(facts.qemuVersion))"), said)
    XCTAssertNil(facts.qemuProblem)
    let known = try QEMUFacts.of(path)
    XCTAssertTrue(known.devices.contains("virtio-balloon-pci"))
    XCTAssertTrue(known.commands.contains("getfd"))
  }

  func testProgramThatIsNoQEMUIsNamed() throws {
    for path in ["/bin/true", "/bin/cat"] {
      XCTAssertThrowsError(try QEMUFacts.of(path)) { XCTAssertTrue("\($0)".contains(path), "\($0)") }
    }
  }

  func testLockHolderIsFound() {
    let table = """
      1: POSIX  ADVISORY  WRITE 100 08:01:555 0 EOF
      2: OFDLCK ADVISORY  WRITE -1 08:01:556 0 EOF
      3: FLOCK  ADVISORY  WRITE 2213 08:01:556 0 EOF
      3: -> FLOCK  ADVISORY  WRITE 7 08:01:557 0 EOF
      broken
      """
    XCTAssertEqual(FileLockHolder.find(inode: 556, in: table), 2213)
    XCTAssertNil(FileLockHolder.find(inode: 555, in: table))
    XCTAssertNil(FileLockHolder.find(inode: 56, in: table))
  }
}
