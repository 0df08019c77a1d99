import Foundation
import HelperProtocol
import Platform
import XCTest

@testable import HelperCore

/// What of bundles does not show from outside.
final class BundleTests: XCTestCase {
  private static let model =
    "YnBsaXN0MDDTAQIDBAUGXxAZRGF0YVJlcHJlc2VudGF0aW9uVmVyc2lvbl8QD1BsYXRmb3JtVmVyc2lvbl8QEk1pbmltdW1TdXBwb3J0"
    + "ZWRPUxQAAAAAAAAAAAAAAAAAAAABEAKjBwgIEAwQAAgPKz1SY2VpawAAAAAAAAEBAAAAAAAAAAkAAAAAAAAAAAAAAAAAAABt"
  private var folder: TemporaryFolder!

  override func setUpWithError() throws { folder = try TemporaryFolder() }

  override func tearDown() {
    unsetenv("VZKIT_STANDIN_MAC")
    folder = nil
  }

  private func bundle(_ name: String) throws -> BundlePath {
    try BundlePath(PathString("\(folder.path)/\(name).vzkit"), param: "path")
  }

  private func mac(in bundle: BundlePath) throws -> MachineConfiguration {
    let json = """
      {"cpuCount": 2, "memorySize": 4294967296, "bootLoader": {"kind": "macOS"}, "keyboards": [{"kind": "mac"}],
       "platform": {"kind": "mac", "hardwareModel": "\(Self.model)",
                    "auxiliaryStoragePath": "\(bundle.file(BundleFile.auxiliaryStorage))"},
       "graphicsDevices": [{"kind": "mac", "displays": [{"widthInPixels": 1280, "heightInPixels": 800}]}]}
      """
    return try WireCoder.decode(MachineConfiguration.self, from: json.utf8, root: "configuration")
  }

  private func create(_ target: BundlePath, _ configuration: MachineConfiguration) throws -> BundleDocument {
    try BundleCreation(
      target: target, configuration: configuration, diskSize: 1 << 20, installation: .required, isCancelled: { false }
    ).make().contents
  }

  func testAMacGetsItsAuxiliaryStorageAndACloneItsOwnIdentity() throws {
    setenv("VZKIT_STANDIN_MAC", "1", 1)
    let original = try bundle("mac")
    let made = try create(original, try mac(in: original))
    XCTAssertEqual(try BundleDocument(readingFrom: original.path).installation, .required)
    let cloned = try BundleClone(
      source: original, target: try bundle("copy"), synchronize: true, isCancelled: { false }, onProgress: { _, _ in }
    ).make()
    guard case .mac(let first) = made.configuration.platform, case .mac(let second) = cloned.configuration.platform
    else { return XCTFail("no Mac") }
    XCTAssertEqual(first.hardwareModel, second.hardwareModel)
    XCTAssertNotEqual(first.machineIdentifier, second.machineIdentifier)
    XCTAssertEqual(second.auxiliaryStoragePath.string, "\(folder.path)/copy.vzkit/auxiliary-storage")
    let storages = try [first, second].map { try Data(contentsOf: $0.auxiliaryStoragePath.url) }
    XCTAssertEqual(storages[0], storages[1])
  }

  func testOneMakerAtATime() throws {
    let target = try bundle("dev")
    let first = try BundleStage(for: target, owner: .request("first"))
    XCTAssertEqual(try BundleReport(target).summary.state, .inUse)
    XCTAssertThrowsError(try BundleStage(for: target, owner: .request("second"))) { error in
      XCTAssertEqual((error as? WireError)?.kind, .inUse)
      XCTAssertTrue("\(error)".contains("first"), "\(error)")
    }
    first.abandon()
    XCTAssertEqual(folder.names, [])
    try BundleStage(for: target, owner: .request("second")).commit()
    XCTAssertEqual(folder.names, ["dev.vzkit"])
  }

  func testTheDocumentIsReplacedWhole() throws {
    let path = "\(folder.path)/machine.json"
    try SmallFile.replace(path, with: Array("old".utf8))
    // What a writer that was killed has left.
    _ = try folder.file("machine.json.new", Data("half".utf8))
    try SmallFile.replace(path, with: Array("new".utf8))
    XCTAssertEqual(try SmallFile.read(path, limit: 3), Array("new".utf8))
    XCTAssertThrowsError(try SmallFile.read(path, limit: 2))
    XCTAssertEqual(folder.names, ["machine.json"])
  }

  func testPathsThatAreNoBundles() throws {
    for path in ["/", "/a", "/a/.vzkit", "/a/.x.vzkit", "/a/\(String(repeating: "x", count: 235)).vzkit"] {
      XCTAssertThrowsError(try BundlePath(PathString(path), param: "path"), path) { error in
        XCTAssertEqual((error as? WireError)?.path, "params.path")
      }
    }
    XCTAssertEqual(try BundlePath(PathString("/a//b.vzkit/"), param: "path").path, "/a/b.vzkit")
    XCTAssertEqual(try BundlePath(PathString("/b.vzkit"), param: "path").creating, "/.b.vzkit.creating")
  }

  func testOnlyPathsThatStayInTheFolderAreRelative() throws {
    func read(_ text: String) throws -> String {
      try WireCoder.decode([PathString].self, from: "[\"\(text)\"]".utf8, root: "paths", pathBase: "/b.vzkit")[0].string
    }
    XCTAssertEqual(try read("disk.img"), "/b.vzkit/disk.img")
    XCTAssertEqual(try read("/etc/hosts"), "/etc/hosts")
    for text in ["../x", "a/../../x", "a//b", "", ".", "a/"] { XCTAssertThrowsError(try read(text), text) }
    for (path, stored) in [
      ("/b.vzkit/disk.img", "disk.img"), ("/b.vzkit/../x", "/b.vzkit/../x"), ("/b.vzkitx", "/b.vzkitx"),
    ] {
      let bytes = try WireCoder.encodeForFile([PathString(path)], pathBase: "/b.vzkit")
      XCTAssertEqual(try JSONDecoder().decode([String].self, from: Data(bytes)), [stored])
    }
  }
}
