import Foundation
import HelperProtocol
import Platform
import XCTest

@testable import HelperCore

/// A virtual Mac as it comes over the wire, with the stand-in turned on.
final class MacConfigurationTests: XCTestCase {
  /// What the framework wrote on a real Mac.
  private static let model =
    "YnBsaXN0MDDTAQIDBAUGXxAZRGF0YVJlcHJlc2VudGF0aW9uVmVyc2lvbl8QD1BsYXRmb3JtVmVyc2lvbl8QEk1pbmltdW1TdXBwb3J0"
    + "ZWRPUxQAAAAAAAAAAAAAAAAAAAABEAKjBwgIEAwQAAgPKz1SY2VpawAAAAAAAAEBAAAAAAAAAAkAAAAAAAAAAAAAAAAAAABt"

  private var folder: TemporaryFolder!

  override func setUpWithError() throws {
    folder = try TemporaryFolder()
    setenv("VZKIT_STANDIN_MAC", "1", 1)
    if MacHost.standInNotice == nil { throw XCTSkip("a Mac has the real thing and no stand-in") }
  }

  override func tearDown() {
    unsetenv("VZKIT_STANDIN_MAC")
    folder = nil
  }

  private func withHelper(_ body: (TestClient) throws -> Void) throws {
    let local = try LocalHelper()
    try body(local.client)
    local.end(self)
  }

  private func configuration(_ change: (inout [String: Any]) throws -> Void = { _ in }) rethrows -> [String: Any] {
    var mac: [String: Any] = [
      "kind": "mac", "hardwareModel": Self.model, "auxiliaryStoragePath": "\(folder.path)/auxiliary-storage",
    ]
    try change(&mac)
    return [
      "configuration": [
        "cpuCount": 2, "memorySize": 256 << 20, "bootLoader": ["kind": "macOS"], "platform": mac,
        "graphicsDevices": [["kind": "mac", "displays": [["widthInPixels": 1280, "heightInPixels": 800]]]],
        "keyboards": [["kind": "mac"]],
      ]
    ]
  }

  private func makeAuxiliaryStorage(_ client: TestClient, overwrite: Bool = false) throws {
    let path = "\(folder.path)/auxiliary-storage"
    _ = try client.call(
      "mac.createAuxiliaryStorage", ["path": path, "hardwareModel": Self.model, "overwrite": overwrite])
  }

  func testAMacIsMadeAndItsIdentityIsKept() throws {
    try withHelper { client in
      try makeAuxiliaryStorage(client)
      _ = try client.call("machine.validate", configuration())
      let made = try client.call("machine.create", configuration())
      let platform = (made["configuration"] as? [String: Any])?["platform"] as? [String: Any]
      XCTAssertEqual(platform?["hardwareModel"] as? String, Self.model)
      let identifier = try XCTUnwrap(platform?["machineIdentifier"] as? String)
      let graphics = (made["configuration"] as? [String: Any])?["graphicsDevices"] as? [[String: Any]]
      XCTAssertEqual((graphics?.first?["displays"] as? [[String: Any]])?.first?["pixelsPerInch"] as? Int, 80)
      let again = try client.call("machine.create", configuration { $0["machineIdentifier"] = identifier })
      XCTAssertEqual(again["configuration"] as? NSDictionary, made["configuration"] as? NSDictionary)
    }
  }

  func testNewIdentifiersDiffer() throws {
    try withHelper { client in
      let first = try client.call("mac.createMachineIdentifier")["machineIdentifier"] as? String
      let second = try client.call("mac.createMachineIdentifier")["machineIdentifier"] as? String
      XCTAssertNotEqual(first, second)
      try makeAuxiliaryStorage(client)
      _ = try client.call("machine.validate", configuration { $0["machineIdentifier"] = first })
    }
  }

  func testNamesThePieceThatIsMissingOrForeign() throws {
    try withHelper { client in
      let missing = try client.failure("machine.validate", configuration())
      XCTAssertEqual(missing["kind"] as? String, "fileNotFound")
      XCTAssertEqual(missing["path"] as? String, "params.configuration.platform.auxiliaryStoragePath")
      try makeAuxiliaryStorage(client)
      for key in ["hardwareModel", "machineIdentifier"] {
        let error = try client.failure("machine.validate", configuration { $0[key] = "YnBsaXN0MDA=" })
        XCTAssertEqual(error["kind"] as? String, "invalidParams")
        XCTAssertEqual(error["path"] as? String, "params.configuration.platform.\(key)")
      }
      let foreign = try folder.file("foreign", Data(count: 4096))
      let error = try client.failure("machine.validate", configuration { $0["auxiliaryStoragePath"] = foreign })
      XCTAssertEqual(error["kind"] as? String, "invalidConfiguration")
    }
  }

  func testAnAuxiliaryStorageIsReplacedOnlyWithLeave() throws {
    try withHelper { client in
      try makeAuxiliaryStorage(client)
      let params: [String: Any] = ["path": "\(folder.path)/auxiliary-storage", "hardwareModel": Self.model]
      XCTAssertEqual(try client.failure("mac.createAuxiliaryStorage", params)["kind"] as? String, "fileExists")
      try makeAuxiliaryStorage(client, overwrite: true)
      let nowhere: [String: Any] = ["path": "/nowhere/aux", "hardwareModel": Self.model]
      XCTAssertEqual(try client.failure("mac.createAuxiliaryStorage", nowhere)["kind"] as? String, "fileNotFound")
    }
  }

  func testWithoutTheStandInTheErrorSaysWhatIsNeeded() throws {
    try withHelper { client in
      try makeAuxiliaryStorage(client)
      let host = try client.call("host.describe")["host"] as? [String: Any]
      XCTAssertTrue((host?["standInNotice"] as? String)?.contains("never macOS") ?? false)
      unsetenv("VZKIT_STANDIN_MAC")
      let error = try client.failure("machine.validate", configuration())
      XCTAssertEqual(error["kind"] as? String, "notSupported")
      let apple = error["apple"] as? [String: Any]
      XCTAssertTrue((apple?["description"] as? String)?.contains("Apple silicon") ?? false, "\(error)")
      XCTAssertNil((try client.call("host.describe")["host"] as? [String: Any])?["standInNotice"])
    }
  }

  func testATrackpadGetsACompanionThatOlderGuestsSee() {
    let trackpad = PointingDevice.macTrackpad(MacTrackpad())
    let usb = PointingDevice.usbScreenCoordinate(USBScreenCoordinatePointingDevice())
    XCTAssertEqual(ConfigurationBuilder.withCompanions([trackpad]), [trackpad, usb])
    XCTAssertEqual(ConfigurationBuilder.withCompanions([usb, trackpad]), [usb, trackpad])
    XCTAssertEqual(ConfigurationBuilder.withCompanions([]), [])
    XCTAssertNil(ConfigurationBuilder.withCompanions(nil))
  }
}
