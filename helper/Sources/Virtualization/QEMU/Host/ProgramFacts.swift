import Foundation
import HostSystem

/// Remembers, across processes, what was learnt by running a program, for as long as its file does not change.
enum ProgramFacts {
  private static let lock = NSLock()
  private static var known: [String: Any] = [:]

  private struct Entry<Facts: Codable>: Codable {
    var key: String
    var facts: Facts
  }

  static func cached<Facts: Codable>(for path: String, kind: String, _ learn: () throws -> Facts) throws -> Facts {
    guard let identity = KeptFiles.identity(of: path) else {
      throw HypervisorHost.Problem(finding: "\(path) is gone.", remedy: "Try again.")
    }
    let key = "\(kind) 1\n\(identity)"
    if let facts = lock.withLock({ known[key] }) as? Facts { return facts }
    let facts: Facts
    if let stored: Facts = load(key) {
      facts = stored
    } else {
      facts = try learn()
      store(facts, key)
    }
    lock.withLock { known[key] = facts }
    return facts
  }

  private static func load<Facts: Codable>(_ key: String) -> Facts? {
    let path = "\(CacheFolder.root)/programs/\(KeptFiles.name(for: key)).json"
    guard let data = FileManager.default.contents(atPath: path),
      let entry = try? JSONDecoder().decode(Entry<Facts>.self, from: data), entry.key == key
    else { return nil }
    return entry.facts
  }

  /// Failing to remember costs time only.
  private static func store<Facts: Codable>(_ facts: Facts, _ key: String) {
    guard let folder = try? KeptFiles.makeFolder("programs"),
      let data = try? JSONEncoder().encode(Entry(key: key, facts: facts))
    else { return }
    try? data.write(to: URL(fileURLWithPath: "\(folder)/\(KeptFiles.name(for: key)).json"), options: .atomic)
  }
}
