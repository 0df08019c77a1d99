import XCTest

@testable import Virtualization

/// Property lists as somebody might make them to do harm.
final class PropertyListFileTests: XCTestCase {
  func testReadsBothFormatsAlike() throws {
    let list: [String: Any] = [
      "text": "a", "number": 7, "list": ["b", Data([1])], "date": Date(timeIntervalSince1970: 0),
    ]
    for format in [PropertyListSerialization.PropertyListFormat.xml, .binary] {
      let data = try PropertyListSerialization.data(fromPropertyList: list, format: format, options: 0)
      let read = try XCTUnwrap(PropertyListFile.dictionary(data))
      XCTAssertEqual(read as NSDictionary, list as NSDictionary)
    }
  }

  func testRefusesWhatIsNoDictionaryInXMLOrBinary() {
    let declaration = "<?xml version=\"1.0\" encoding=\"UTF-7\"?>"
    for text in [
      "", " ", "<", "{ a = b; }", "a = b;", "<plist><array/></plist>", "bplist00",
      declaration + "<plist><dict/></plist>",
    ] {
      XCTAssertNil(PropertyListFile.dictionary(Data(text.utf8)), text)
    }
    let wide = Array("<plist><dict/></plist>".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    XCTAssertNil(PropertyListFile.dictionary(Data([0xFF, 0xFE] + wide)))
  }

  func testRefusesXMLThatWouldGrow() {
    let entities = "<!DOCTYPE plist [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>"
    let laughs = entities + "<plist><dict><key>x</key><string>&b;</string></dict></plist>"
    XCTAssertNil(PropertyListFile.dictionary(Data(laughs.utf8)))
    let many = String(repeating: "<dict/>", count: 600_000)
    let wide = "<plist><dict><key>x</key><array>\(many)</array></dict></plist>"
    XCTAssertNil(PropertyListFile.dictionary(Data(wide.utf8)))
    let deep = String(repeating: "<array>", count: 100_000)
    XCTAssertNil(PropertyListFile.dictionary(Data("<plist><dict><key>x</key>\(deep)".utf8)))
  }

  /// Each level is an array of ten times the next: shared, it is a kilobyte; unfolded, it fills any memory.
  func testRefusesSharedPartsThatWouldGrow() {
    let levels = (0..<12).map { level in Data([0xAA]) + Data(repeating: UInt8(level + 3), count: 10) }
    let top = [Data([0xD1, 1, 2]), Data([0x51, 0x78])]
    XCTAssertNil(PropertyListFile.dictionary(Self.binary(top + levels + [Data([0x09])])))
    let long = Data([0x4F, 0x12, 0x00, 0x10, 0x00, 0x00]) + Data(count: 1 << 20)
    let sharing = Data([0xAF, 0x10, 200]) + Data(repeating: 3, count: 200)
    XCTAssertNil(PropertyListFile.dictionary(Self.binary(top + [sharing, long])))
  }

  func testRefusesPartsThatHoldThemselves() {
    XCTAssertNil(PropertyListFile.dictionary(Self.binary([Data([0xD1, 1, 0]), Data([0x51, 0x78])])))
  }

  func testNoListEndsTheProcess() throws {
    let list: [String: Any] = [
      "ProductVersion": "15.6 \u{1F600}",
      "Identities": [["Info": ["Variant": "a&<b>"]], [Date(timeIntervalSince1970: 1)]],
      "data": Data(1...40), "real": -2.5e300, "integer": Int64.min, "yes": true, "": [String: Any](),
    ]
    let seeds = try [PropertyListSerialization.PropertyListFormat.xml, .binary].map {
      Array(try PropertyListSerialization.data(fromPropertyList: list, format: $0, options: 0))
    }
    let pieces = [
      "<![CDATA[x]]>", "<!--", "-->", "<?x", "&#x110000;", "&#xD800;", "&amp", "<integer>9e9</integer>",
      "<real>nan</real>",
      "<date>0000-99-99T99:99:99Z</date>", "<data>=A=</data>", "<key/>", "<string/>", "</plist>", "<dict>", "</array>",
      "<integer>0x</integer>", "<integer>--1</integer>", "<true>", "<!DOCTYPE [", "<integer/>", "<date/>",
    ].map { Array($0.utf8) }
    var random = Randomness(seed: 6)
    var accepted = 0
    for round in 0..<50_000 {
      var bytes = random.mutated(seeds[round & 1])
      if round & 3 == 0, let piece = pieces.randomElement(using: &random) {
        bytes.insert(contentsOf: piece, at: random.below(bytes.count + 1))
      }
      if PropertyListFile.dictionary(Data(bytes)) != nil { accepted += 1 }
    }
    XCTAssertGreaterThan(accepted, 500)
  }

  /// A binary property list of these objects, the first of them on top.
  private static func binary(_ objects: [Data]) -> Data {
    var file = Data("bplist00".utf8)
    var table = Data()
    for object in objects {
      withUnsafeBytes(of: UInt32(file.count).bigEndian) { table.append(contentsOf: $0) }
      file += object
    }
    let start = UInt64(file.count)
    file += table + Data([0, 0, 0, 0, 0, 0, 4, 1])
    for number in [UInt64(objects.count), 0, start] {
      withUnsafeBytes(of: number.bigEndian) { file.append(contentsOf: $0) }
    }
    return file
  }
}
