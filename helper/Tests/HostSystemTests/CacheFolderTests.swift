import Foundation
import HostSystem
import XCTest

final class CacheFolderTests: XCTestCase {
  private static let variables = ["XDG_CACHE_HOME", "HOME"]
  private let before = variables.map { name in (name, getenv(name).map { String(cString: $0) }) }

  override func tearDown() { for (name, value) in before { set(name, value) } }

  private func set(_ name: String, _ value: String?) {
    if let value { setenv(name, value, 1) } else { unsetenv(name) }
  }

  #if canImport(Darwin)
    private let custom = "Library/Caches"
  #else
    private let custom = ".cache"
  #endif

  func testIsWhatTheEnvironmentSaysElseTheCustomOfTheSystem() {
    set("HOME", "/home/Zoë")
    set("XDG_CACHE_HOME", "/elsewhere")
    XCTAssertEqual(CacheFolder.path("locks"), "/elsewhere/vzkit/locks")
    for ignored in [nil, "", "relative"] {
      set("XDG_CACHE_HOME", ignored)
      XCTAssertEqual(CacheFolder.path("locks"), "/home/Zoë/\(custom)/vzkit/locks")
    }
  }

  func testWithoutAHomeInTheEnvironmentItIsThatOfTheUsersEntry() {
    set("XDG_CACHE_HOME", nil)
    set("HOME", nil)
    let expected = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_dir) }
    XCTAssertEqual(CacheFolder.root, "\(expected ?? "")/\(custom)/vzkit")
  }
}
