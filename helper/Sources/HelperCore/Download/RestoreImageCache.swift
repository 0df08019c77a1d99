import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Restore images that were downloaded without a place of their own: a folder for each URL, except that URLs which differ
/// in their query alone share one where the server says by its ETag that the file is the same.
struct RestoreImageCache {
  /// What is noted of a restore image. The note's date is that of its last use.
  private struct Note: Codable {
    var url: String
    var name: String
    /// The strong ETag of the whole file, once that is there.
    var etag: String?
  }

  private static let noteName = "entry.json"

  let folder: String

  init(folder: String = CacheFolder.path("restore-images")) { self.folder = folder }

  /// Where the file of a URL belongs when nothing is known of it.
  func path(for url: RemoteURL) -> String { "\(entry(for: url))/\(url.fileName)" }

  /// Where the file of a URL belongs. With a new query, as signed URLs have, that is where the same file lies already.
  ///
  /// - Parameter ask: asks the server at the URL what it has; only called when there is a file that it may be.
  func path(for url: RemoteURL, asking ask: () -> ServerResponse?) -> String {
    let own = path(for: url)
    guard note(in: entry(for: url)) == nil else { return own }
    let others = versions(besides: url)
    guard !others.isEmpty, let answer = ask(), [200, 206].contains(answer.status), answer.pageType == nil,
      let tag = answer.validator.strongTag, !tag.isEmpty, let total = answer.total
    else { return own }
    return others.first { $0.etag == tag && $0.size == total }?.path ?? own
  }

  /// The whole and partial files of URLs that differ from `url` in their query alone, as far as their versions are known.
  private func versions(besides url: RemoteURL) -> [(path: String, etag: String, size: Int64)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap { name in
      guard let note = note(in: "\(folder)/\(name)"), RemoteURL(note.url)?.withoutQuery == url.withoutQuery else {
        return nil
      }
      let path = "\(folder)/\(name)/\(note.name)"
      if let size = FileAllocation.size(of: path) { return note.etag.map { (path, $0, Int64(clamping: size)) } }
      guard let journal = PartialFile.journal(of: path), let tag = journal.validator.strongTag else { return nil }
      return (path, tag, journal.total)
    }
  }

  private func note(in entry: String) -> Note? {
    guard let data = FileManager.default.contents(atPath: "\(entry)/\(Self.noteName)"), data.count < 65536,
      let note = try? JSONText.decode(Note.self, from: data), !note.name.contains("/"), !note.name.isEmpty
    else { return nil }
    return note
  }

  private func entry(for url: RemoteURL) -> String { "\(folder)/\(Self.key(url.withoutCredentials))" }

  /// Makes the folder for the file of a URL and notes its use.
  ///
  /// - Parameters:
  ///   - path: where the file belongs.
  ///   - etag: of the whole file that is there now, empty for one without; nil leaves it as it was noted.
  func use(_ url: RemoteURL, at path: String, etag: String? = nil) throws {
    let entry = (path as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(
        atPath: entry, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
      var note = note(in: entry) ?? Note(url: url.withoutCredentials, name: url.fileName)
      note.etag = etag ?? note.etag
      try JSONEncoder().encode(note).write(to: URL(fileURLWithPath: "\(entry)/\(Self.noteName)"), options: .atomic)
    } catch {
      throw WireError(
        ErrorKind(errno: Int32((error as NSError).underlyingPOSIXCode ?? Int(EACCES))),
        "Cannot make the folder \(entry) of the cache: \(error.localizedDescription) "
          + "Make it writable, set XDG_CACHE_HOME, or say where to put the file.")
    }
  }

  /// All restore images, the last used first.
  func list() -> [RestoreImageCacheEntry] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap { entry(in: "\(folder)/\($0)") }.sorted { $0.lastUsed > $1.lastUsed }
  }

  /// Deletes what was not used for `olderThan` seconds, then the least recently used until `maximumSize` bytes are left.
  ///
  /// - Returns: what was deleted. What is in use stays.
  func prune(maximumSize: UInt64?, olderThan: Double?, now: Double = Date().timeIntervalSince1970)
    -> [RestoreImageCacheEntry]
  {
    var removed: [RestoreImageCacheEntry] = []
    let entries = list()
    var size = entries.reduce(UInt64(0)) { $0 + $1.diskSize }
    for entry in entries.reversed() {
      let isOld = olderThan.map { now - entry.lastUsed >= $0 } ?? false
      let isTooMuch = maximumSize.map { size > $0 } ?? false
      guard isOld || isTooMuch, remove(entry) else { continue }
      size -= entry.diskSize
      removed.append(entry)
    }
    return removed
  }

  private func remove(_ entry: RestoreImageCacheEntry) -> Bool {
    let path = entry.path.string
    guard case .mine(let lock)? = try? DownloadLock.take(for: path), !FileHold.isHeld(path) else { return false }
    defer { lock.remove() }
    let folder = (path as NSString).deletingLastPathComponent
    // The lock is among what is removed, and ours until the end of this function.
    for name in [path, "\(folder)/\(Self.noteName)"] + PartialFile.leftovers(of: path) { unlink(name) }
    rmdir(folder)
    return true
  }

  private func entry(in folder: String) -> RestoreImageCacheEntry? {
    let notePath = "\(folder)/\(Self.noteName)"
    guard let note = note(in: folder) else { return nil }
    var status = stat()
    guard stat(notePath, &status) == 0 else { return nil }
    let path = "\(folder)/\(note.name)"
    var entry = RestoreImageCacheEntry(
      url: note.url, path: PathString(path),
      diskSize: Self.diskSize([path, notePath] + PartialFile.leftovers(of: path)),
      isComplete: false, isInUse: Self.isInUse(path), lastUsed: Double(status.modificationTime))
    if stat(path, &status) == 0 {
      entry.isComplete = true
      entry.size = UInt64(status.st_size)
    } else if stat(PartialFile.path(for: path, suffix: ".vzkit-part"), &status) == 0, status.st_size > 0 {
      entry.size = UInt64(status.st_size)
    }
    return entry
  }

  private static func isInUse(_ path: String) -> Bool {
    FileHold.isHeld(path) || FileHold.isHeld(PartialFile.path(for: path, suffix: ".vzkit-lock"))
  }

  private static func diskSize(_ paths: [String]) -> UInt64 {
    paths.reduce(0) { sum, path in
      var status = stat()
      return stat(path, &status) == 0 ? sum + UInt64(status.st_blocks) * 512 : sum
    }
  }

  /// A short name for a URL (FNV-1a, 64 bits).
  private static func key(_ text: String) -> String {
    let hash = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension NSError {
  /// The system's own number in this error or what caused it.
  fileprivate var underlyingPOSIXCode: Int? {
    if domain == NSPOSIXErrorDomain { return code }
    return (userInfo[NSUnderlyingErrorKey] as? NSError)?.underlyingPOSIXCode
  }
}
