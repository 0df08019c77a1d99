import Foundation
import XCTest

/// A folder of real files for one test, removed with everything in it afterwards.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("vzkit-configuration-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// A sparse file of `size` bytes that starts with `start`.
  func file(_ name: String, size: Int = 4096, start: [UInt8] = []) throws -> URL {
    let url = url.appendingPathComponent(name)
    try Data(start).write(to: url)
    let handle = try FileHandle(forWritingTo: url)
    try handle.truncate(atOffset: UInt64(size))
    try handle.close()
    return url
  }

  func folder(_ name: String) throws -> URL {
    let url = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    return url
  }
}
