import Virtualization
import XCTest

final class MacDataTests: MacTestCase {
  private func list(_ list: [String: Any], _ format: PropertyListSerialization.PropertyListFormat = .binary) throws
    -> Data
  {
    try PropertyListSerialization.data(fromPropertyList: list, format: format, options: 0)
  }

  func testWhatARealMacWroteSurvivesUnchanged() throws {
    let data = try XCTUnwrap(Data(base64Encoded: Self.appleHardwareModel))
    let model = try XCTUnwrap(VZMacHardwareModel(dataRepresentation: data))
    XCTAssertEqual(model.dataRepresentation, data)
    XCTAssertTrue(model.isSupported)
    XCTAssertEqual(model.copy() as? VZMacHardwareModel, model)
    XCTAssertNil(VZMacHardwareModel(dataRepresentation: Data([7, 7]) + data))
    let padded = Data([1, 2, 3]) + data
    XCTAssertEqual(VZMacHardwareModel(dataRepresentation: padded.dropFirst(3)), model)
  }

  func testHardwareModelsDifferByTheirData() throws {
    XCTAssertEqual(try hardwareModel(), try hardwareModel())
    XCTAssertEqual(try hardwareModel().hash, try hardwareModel().hash)
    XCTAssertNotEqual(try hardwareModel(), try hardwareModel(minimum: [13, 0, 0]))
  }

  func testForeignHardwareModelsAreRefused() throws {
    let good: [String: Any] = [
      "DataRepresentationVersion": 1, "PlatformVersion": 2, "MinimumSupportedOS": [12, 0, 0],
    ]
    XCTAssertNotNil(VZMacHardwareModel(dataRepresentation: try list(good)))
    let changes: [(String, Any?)] = [
      ("DataRepresentationVersion", nil), ("DataRepresentationVersion", 2), ("DataRepresentationVersion", "1"),
      ("DataRepresentationVersion", true), ("DataRepresentationVersion", 1.5), ("PlatformVersion", nil),
      ("PlatformVersion", 0), ("PlatformVersion", -2), ("PlatformVersion", 100_000), ("MinimumSupportedOS", nil),
      ("MinimumSupportedOS", [12, 0]), ("MinimumSupportedOS", [12, 0, 0, 0]), ("MinimumSupportedOS", [0, 0, 0]),
      ("MinimumSupportedOS", [12, "0", 0]), ("MinimumSupportedOS", [12, -1, 0]), ("MinimumSupportedOS", "12.0.0"),
    ]
    for (key, value) in changes {
      var bad = good
      bad[key] = value
      XCTAssertNil(VZMacHardwareModel(dataRepresentation: try list(bad)), "\(key) \(value ?? "missing")")
    }
    XCTAssertNil(VZMacHardwareModel(dataRepresentation: try list(good, .xml)))
    XCTAssertNil(VZMacHardwareModel(dataRepresentation: VZMacMachineIdentifier().dataRepresentation))
    for data in [Data(), Data("bplist00".utf8), Data(count: 100_000)] {
      XCTAssertNil(VZMacHardwareModel(dataRepresentation: data))
    }
  }

  func testMachineIdentifiers() throws {
    XCTAssertEqual(Set((0..<100).map { _ in VZMacMachineIdentifier() }).count, 100)
    let identifier = VZMacMachineIdentifier()
    let again = try XCTUnwrap(VZMacMachineIdentifier(dataRepresentation: identifier.dataRepresentation))
    XCTAssertEqual(again, identifier)
    XCTAssertEqual(again.dataRepresentation, identifier.dataRepresentation)
    let read = try PropertyListSerialization.propertyList(from: identifier.dataRepresentation, format: nil)
    XCTAssertNotNil((read as? [String: Any])?["ECID"] as? UInt64)
    // As a Mac writes numbers beyond the largest signed one.
    XCTAssertNotNil(VZMacMachineIdentifier(dataRepresentation: try list(["ECID": UInt64.max])))
    for bad in [["ECID": 0], ["ECID": -1], ["ECID": "1"], ["ECID": 1.5], ["ECID": true], ["UUID": 1], [:]]
      as [[String: Any]]
    {
      XCTAssertNil(VZMacMachineIdentifier(dataRepresentation: try list(bad)), "\(bad)")
    }
    XCTAssertNil(VZMacMachineIdentifier(dataRepresentation: VZGenericMachineIdentifier().dataRepresentation))
  }

  /// Every byte wrong in turn: nothing crashes, and what is still read is kept to the byte.
  func testOneWrongByteNeverCrashes() throws {
    let model = try XCTUnwrap(Data(base64Encoded: Self.appleHardwareModel))
    let identifier = VZMacMachineIdentifier().dataRepresentation
    var refused = 0
    for valid in [model, identifier] {
      for index in valid.indices {
        for byte in [0, 1, 0x0f, 0x7f, 0x80, 0xa1, 0xd1, 0xff] as [UInt8] {
          var data = valid
          data[index] = byte
          let read = VZMacHardwareModel(dataRepresentation: data)?.dataRepresentation
          let other = VZMacMachineIdentifier(dataRepresentation: data)?.dataRepresentation
          for found in [read, other].compactMap({ $0 }) { XCTAssertEqual(found, data) }
          if read == nil, other == nil { refused += 1 }
        }
        XCTAssertNil(VZMacHardwareModel(dataRepresentation: valid.prefix(index)))
        XCTAssertNil(VZMacMachineIdentifier(dataRepresentation: valid.prefix(index)))
      }
    }
    XCTAssertGreaterThan(refused, 300)
  }
}
