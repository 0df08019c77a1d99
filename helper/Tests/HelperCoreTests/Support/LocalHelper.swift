import Foundation
import HostSystem
import JSONRPC
import Platform
import XCTest

@testable import HelperCore

/// A helper in this process with a client on a real connection.
final class LocalHelper {
  let helper: Helper
  let client: TestClient
  let folder: TemporaryFolder
  /// Fulfilled when the helper would end the process.
  let ended = XCTestExpectation(description: "the helper ends")

  init(mode: Helper.Mode = .attached, grace: Double = 5, openWindow: WindowTable.Opener? = nil) throws {
    Signals.ignoreSelfInflicted()
    let folder = try TemporaryFolder()
    self.folder = folder
    let ended = ended
    let runtimeFolder = RuntimeFolder(bases: [folder.path])
    if let openWindow {
      helper = Helper(
        mode: mode, grace: grace, runtimeFolder: runtimeFolder, openWindow: openWindow, exit: { ended.fulfill() })
    } else {
      helper = Helper(mode: mode, grace: grace, runtimeFolder: runtimeFolder, exit: { ended.fulfill() })
    }
    client = try Self.connect(to: helper)
  }

  /// A further client.
  func connectAnother(_ look: (Session) -> Void = { _ in }) throws -> TestClient {
    try Self.connect(to: helper, look)
  }

  /// Ends the helper and waits until it is done.
  func end(_ test: XCTestCase) {
    client.endInput()
    if helper.mode == .detached { helper.end(grace: 0) }
    test.wait(for: [ended], timeout: 60)
  }

  private static func connect(to helper: Helper, _ look: (Session) -> Void = { _ in }) throws -> TestClient {
    let (near, far) = try UnixSocket.makePair()
    let session = Session(helper: helper)
    look(session)
    Connection(input: far, output: far, service: session).start()
    return TestClient(reading: near, writing: near)
  }
}

/// A folder that goes with the object.
final class TemporaryFolder {
  let path: String

  init() throws {
    // Not the user's own folder on macOS, whose name leaves little room for a socket's.
    let base = ProcessInfo.processInfo.environment["VZKIT_TEST_FOLDER"] ?? "/tmp"
    path = "\(base)/vzt-\(String(UInt32.random(in: 0...UInt32.max), radix: 36))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String, _ content: Data = Data()) throws -> String {
    let file = "\(path)/\(name)"
    try content.write(to: URL(fileURLWithPath: file))
    return file
  }

  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}
