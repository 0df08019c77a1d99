import Foundation
import HelperProtocol
import HostSystem
import Platform

/// The private folder of this helper for its sockets. Made when first needed, removed at the end.
final class RuntimeFolder: @unchecked Sendable {  // `made` and `count` are only touched with the lock held
  private struct Made {
    let path: String
    /// Held locked as long as the process lives: how others see that the folder is in use.
    let owner: Int32
  }

  private let bases: [String]
  private let lock = NSLock()
  private var made: Made?
  private var count = 0

  static let namePrefix = "vzkit-"
  private static let ownerName = "owner"
  /// Longest name of a socket in the folder.
  private static let longestName = "/z4294967295".utf8.count

  /// - Parameter bases: folders to try in turn.
  init(bases: [String] = ScratchFolders.candidates) {
    self.bases = bases
  }

  /// A path for a new socket, at most `UnixSocket.maximumPathLength` bytes long.
  func makeSocketPath() throws -> String {
    try lock.withLock {
      let folder = try existing()
      count += 1
      return "\(folder.path)/s\(count)"
    }
  }

  /// Removes the folder with all that is in it.
  func remove() {
    lock.withLock {
      guard let made else { return }
      Self.delete(made.path)
      close(made.owner)
      self.made = nil
    }
  }

  private func existing() throws -> Made {
    if let made { return made }
    do {
      return try ScratchFolders.firstUsable(of: bases) { base in
        let folder = try Self.make(in: base)
        made = folder
        Self.removeStale(in: base, except: folder.path)
        return folder
      }
    } catch let problem as ScratchFolders.Problem {
      throw WireError(.permissionDenied, "Cannot make a folder for sockets: \(problem).")
    }
  }

  private static func make(in base: String) throws -> Made {
    for _ in 0..<16 {
      let suffix = String(UInt32.random(in: 0..<UInt32(1 << 30)), radix: 36)
      let path = "\(base)/\(namePrefix)\(getpid())-\(suffix)"
      guard path.utf8.count + longestName <= UnixSocket.maximumPathLength else {
        throw SystemError(ENAMETOOLONG, "make a folder for sockets in", path: base)
      }
      guard mkdir(path, 0o700) == 0 else {
        if errno == EEXIST { continue }
        throw SystemError(errno, "make the folder", path: path)
      }
      let owner = open("\(path)/\(ownerName)", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      // A helper that cleans up at this moment may have taken the lock: then the folder is its to remove.
      if owner >= 0, FileLock.attempt(owner) == .held { return Made(path: path, owner: owner) }
      if owner >= 0 { close(owner) }
      rmdir(path)
    }
    throw SystemError(EEXIST, "make a folder for sockets in", path: base)
  }

  /// Removes what helpers left behind that were killed. Their locks went with them, whatever became of their process
  /// numbers.
  private static func removeStale(in base: String, except own: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? [] where name.hasPrefix(namePrefix) {
      let path = "\(base)/\(name)"
      guard path != own, isPrivateFolder(path) else { continue }
      let owner = open("\(path)/\(ownerName)", O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      guard owner >= 0 else { continue }
      if FileLock.attempt(owner) == .held {
        Log.info("removed \(path), left behind by a helper that was killed")
        delete(path)
      }
      close(owner)
    }
  }

  private static func isPrivateFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
  }

  private static func delete(_ path: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}
