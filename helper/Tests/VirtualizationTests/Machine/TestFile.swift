import Foundation

/// A file which is gone with this object.
final class TestFile {
  let url: URL

  init(_ content: Data = Data()) throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("vzkit-test-\(UUID().uuidString)")
    try content.write(to: url)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  var content: Data { (try? Data(contentsOf: url)) ?? Data() }
}

/// A folder which is gone with this object.
final class TestFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("vzkit-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
  }

  func read(_ name: String) -> String? {
    try? String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
  }
}
