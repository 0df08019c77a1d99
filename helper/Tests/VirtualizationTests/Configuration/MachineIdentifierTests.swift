import Virtualization
import XCTest

final class MachineIdentifierTests: XCTestCase {
  func testEveryNewIdentifierIsUnique() {
    let identifiers = (0..<100).map { _ in VZGenericMachineIdentifier() }
    XCTAssertEqual(Set(identifiers).count, 100)
  }

  func testTheDataSurvivesARoundTripUnchanged() throws {
    let identifier = VZGenericMachineIdentifier()
    let again = try XCTUnwrap(VZGenericMachineIdentifier(dataRepresentation: identifier.dataRepresentation))
    XCTAssertEqual(again, identifier)
    XCTAssertEqual(again.hash, identifier.hash)
    XCTAssertEqual(again.dataRepresentation, identifier.dataRepresentation)
    XCTAssertEqual(identifier.copy() as? VZGenericMachineIdentifier, identifier)
  }

  func testTheDataIsABinaryPropertyListWithSixteenBytes() throws {
    let data = VZGenericMachineIdentifier().dataRepresentation
    XCTAssertTrue(data.starts(with: Data("bplist00".utf8)))
    let list = try PropertyListSerialization.propertyList(from: data, format: nil)
    XCTAssertEqual(((list as? [String: Any])?["UUID"] as? Data)?.count, 16)
  }

  func testASliceOfALargerBufferIsRead() throws {
    let identifier = VZGenericMachineIdentifier()
    let padded = Data([1, 2, 3]) + identifier.dataRepresentation
    XCTAssertEqual(VZGenericMachineIdentifier(dataRepresentation: padded.dropFirst(3)), identifier)
  }

  func testForeignDataIsNoIdentifier() throws {
    let xml = try PropertyListSerialization.data(
      fromPropertyList: ["UUID": Data(count: 16)], format: .xml, options: 0)
    for list in [
      ["UUID": Data(count: 15)], ["UUID": "a string"], ["ECID": 1], [:], ["UUID": ["UUID": Data(count: 16)]],
    ] as [[String: Any]] {
      let data = try PropertyListSerialization.data(fromPropertyList: list, format: .binary, options: 0)
      XCTAssertNil(VZGenericMachineIdentifier(dataRepresentation: data), "\(list)")
    }
    for data in [Data(), Data("bplist00".utf8), Data(count: 100_000), xml] {
      XCTAssertNil(VZGenericMachineIdentifier(dataRepresentation: data))
    }
  }

  func testHostileDataNeverCrashes() {
    let valid = VZGenericMachineIdentifier().dataRepresentation
    var generator = SeededGenerator(state: 20_260_801)
    for index in valid.indices {
      for byte in [0, 1, 0x0f, 0x7f, 0x80, 0xa1, 0xd1, 0xff] as [UInt8] {
        var data = valid
        data[index] = byte
        if let read = VZGenericMachineIdentifier(dataRepresentation: data) {
          XCTAssertEqual(read.dataRepresentation, data)
        }
      }
      _ = VZGenericMachineIdentifier(dataRepresentation: valid.prefix(index))
    }
    for _ in 0..<2000 {
      var data = valid
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        data[Int.random(in: 8..<data.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      _ = VZGenericMachineIdentifier(dataRepresentation: data)
    }
  }
}

/// SplitMix64: the same sequence in every run, so that what a test finds can be found again.
private struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
