import HelperProtocol
import XCTest

@testable import HelperCore

/// What is unavailable on hosts that this one is not.
final class HostReportTests: XCTestCase {
  private func names(on macOSVersion: (Int, Int)?, _ architecture: String) -> Set<String> {
    Set(HostReport.unavailable(on: macOSVersion, architecture).map(\.name))
  }

  func testAnIntelMacHasEverythingButVirtualMacs() {
    let features = HostReport.unavailable(on: (27, 0), "x86_64")
    let macs: Set = [
      "MacPlatform", "MacOSBootLoader", "MacGraphicsDevice", "MacGraphicsDisplay", "MacKeyboard", "MacTrackpad",
      "MacGuestProvisioning", "bundle.createMac", "machine.install", "mac.createAuxiliaryStorage",
      "mac.createMachineIdentifier", "restoreImage.load", "restoreImage.latestSupported", "restoreImage.preflight",
    ]
    XCTAssertTrue(macs.isSubset(of: Set(features.map(\.name))), "\(macs.subtracting(features.map(\.name)))")
    for feature in features {
      XCTAssertEqual(feature.needs, "Apple silicon", feature.name)
      XCTAssertTrue(feature.reason.contains("Intel"), feature.reason)
    }
    for name in ["LinuxBootLoader", "VirtioFileSystemDevice", "display.screenshot", "restoreImage.download"] {
      XCTAssertFalse(features.contains { $0.name == name }, name)
    }
  }

  func testTheNewestAppleSiliconHasEverything() { XCTAssertEqual(names(on: (27, 0), "arm64"), []) }

  func testAnOlderMacLacksWhatIsNewer() {
    let missing = names(on: (13, 0), "arm64")
    XCTAssertTrue(
      Set(["MacKeyboard", "display.reconfigure", "MacGuestProvisioning", "MachineConfiguration.label"]).isSubset(
        of: missing), "\(missing)")
    XCTAssertFalse(missing.contains("MacTrackpad"))
    XCTAssertFalse(missing.contains("display.list"))
  }

  func testALinuxHostSaysWhyWhateverItsProcessorIs() {
    for architecture in ["arm64", "x86_64"] {
      let features = HostReport.unavailable(on: nil, architecture)
      XCTAssertEqual(
        features.first { $0.name == "MacPlatform" }?.reason.contains("stand-in"), true, "\(features)")
    }
  }
}
