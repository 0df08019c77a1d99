import Foundation
import HelperProtocol
import HostSystem
import Platform

/// Holds one disk image for one machine, against other machines and other helpers of this user.
///
/// The lock is a file of its own, named after the image's device and inode and locked with `flock`, because the
/// hypervisors lock the image itself, each in its own way. The kernel frees it when the process dies. Several readers
/// may share an image; a writer has it alone.
final class DiskLock {
  /// What the image is called in messages.
  struct Subject {
    let name: String
    /// What to do when a machine has it.
    let advice: String

    static let diskImage = Subject(name: "disk image", advice: "Stop that machine first or use a copy.")
  }

  private let lock: LockFile

  /// - Parameters:
  ///   - owner: named in the messages of those who come later.
  ///   - folder: where the lock files are.
  ///   - subject: what is locked; anything with an inode can be.
  ///   - waits: blocks for a moment while a process has the image that is about to end.
  /// - Throws: `WireError` of kind `inUse` that names who has the image; `HolderIsEnding` to those who do not wait.
  init(
    image: String, isReadOnly: Bool, owner: LockOwner, folder: String = DiskLock.systemFolder,
    subject: Subject = .diskImage, waits: Bool = true
  ) throws {
    let path = try Self.makeFolder(folder) + "/" + Self.key(of: image)
    let deadline = DispatchTime.now() + HolderIsEnding.patience
    while true {
      do {
        lock = try LockFile.require(path, .init(isShared: isReadOnly, appends: true)) {
          Self.refusal(image, Self.holders(in: $0), subject)
        }
        break
      } catch let error as HolderIsEnding where waits {
        guard DispatchTime.now() < deadline else { throw error.refusal }
        Thread.sleep(forTimeInterval: HolderIsEnding.pause)
      }
    }
    Self.sign(lock.descriptor, owner: owner, isAlone: !isReadOnly)
  }

  /// Names another owner to those who come later. For a lock that is held alone.
  func sign(as owner: LockOwner) {
    Self.sign(lock.descriptor, owner: owner, isAlone: true)
  }

  /// Lets go. Doing it twice is fine.
  func release() { lock.release() }

  /// Who has an image alone, in words; nil when nobody has. Looks without getting in anyone's way.
  static func holder(of image: String, folder: String = DiskLock.systemFolder) -> String? {
    guard let key = try? key(of: image) else { return nil }
    let descriptor = open("\(folder)/\(key)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let holders = holders(in: descriptor)
    // Signed by a process that lives, it is locked, or the number of a dead one was given anew.
    guard !holders.isEmpty, FileLock.attempt(descriptor, isShared: true) != .held else { return nil }
    return words(holders)
  }

  /// In the user's cache: the same for all helpers of the user, unlike the folders for temporary files.
  static var systemFolder: String { CacheFolder.path("locks") }

  private static func makeFolder(_ path: String) throws -> String {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      return path
    } catch {
      throw WireError(
        .permissionDenied,
        "Cannot make the folder \(path), where disk images in use are noted: \(error.localizedDescription) "
          + "Make it writable or set XDG_CACHE_HOME.")
    }
  }

  private static func key(of image: String) throws -> String {
    guard let file = FileIdentity(image) else { throw SystemError(errno, "open the disk image", path: image) }
    return String(file.device, radix: 16) + "-" + String(file.inode, radix: 16)
  }

  private static func refusal(_ image: String, _ holders: [LockHolder], _ subject: Subject) -> any Error {
    let refusal = inUse(image, holders, subject)
    // One that has signed nothing yet has only just come.
    return holders.allSatisfy { ProcessLife.isEnding($0.process) } ? HolderIsEnding(refusal: refusal) : refusal
  }

  private static func sign(_ descriptor: Int32, owner: LockOwner, isAlone: Bool) {
    // Alone in the lock: what stands there is of holders who are gone.
    if isAlone { ftruncate(descriptor, 0) }
    let line = Array(LockHolder(owner: owner).line.utf8)
    _ = write(descriptor, line, line.count)
  }

  private static func holders(in descriptor: Int32) -> [LockHolder] {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).split(separator: "\n")
      .compactMap { LockHolder(line: $0) }.filter(\.isAlive)
  }

  private static func words(_ holders: [LockHolder]) -> String { holders.map(\.words).joined(separator: " and ") }

  private static func inUse(_ image: String, _ holders: [LockHolder], _ subject: Subject) -> WireError {
    let who = holders.isEmpty ? "another machine" : words(holders)
    let passes = !holders.isEmpty && holders.allSatisfy(\.isPassing)
    let advice = passes ? "Wait until that has ended or cancel it." : subject.advice
    return WireError(.inUse, "The \(subject.name) \(image) is in use by \(who). \(advice)")
  }
}
