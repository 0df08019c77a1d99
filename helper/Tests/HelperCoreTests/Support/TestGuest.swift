import Foundation
import XCTest

@testable import HelperCore

/// The Linux guest that set-up makes.
enum TestGuest {
  private static var folder: String {
    let cache = ProcessInfo.processInfo.environment["XDG_CACHE_HOME"] ?? "\(NSHomeDirectory())/.cache"
    return "\(cache)/vzkit/guest"
  }

  /// A configuration that boots it, with some members replaced.
  ///
  /// - Throws: `XCTSkip` where there is no guest.
  static func configuration(_ more: [String: Any] = [:], commandLine: String = "") throws -> [String: Any] {
    let kernel = "\(folder)/vmlinuz"
    guard access(kernel, R_OK) == 0 else {
      throw XCTSkip("there is no test guest in \(folder); `npm run setup` makes it")
    }
    let configuration: [String: Any] = [
      "cpuCount": 1, "memorySize": 256 << 20,
      "bootLoader": [
        "kind": "linux", "kernelPath": kernel, "initialRamdiskPath": "\(folder)/initramfs.cpio",
        "commandLine": "console=hvc0 quiet \(commandLine)",
      ],
      "serialPorts": [["kind": "virtioConsole", "attachment": ["kind": "stream"]]],
    ]
    return configuration.merging(more) { $1 }
  }

  /// Runs the guest until its console shows `text`; returns everything shown.
  static func waitForConsole(_ client: TestClient, _ machine: String, _ text: String) throws -> String {
    let path = try XCTUnwrap(try client.call("console.attach", ["machine": machine])["path"] as? String)
    let stream = try TestStream(path: path)
    return try stream.read(until: text)
  }
}
