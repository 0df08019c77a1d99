import Foundation

/// The stand-in Mac's auxiliary storage: a head that says what it is and for which hardware model, then room as in a real
/// one, and in it what the installer notes. Apple's own format is not public, and files of it are told apart.
struct AuxiliaryStorageFile {
  private static let mark = Data("vzkit stand-in auxiliary storage 1\n".utf8)
  /// As large as Apple's, 32 MiB of holes.
  static let size = 32 << 20
  private static let modelOffset = 64
  private static let maximumModelSize = 4096

  let url: URL

  private var file: HostFile { HostFile(role: "auxiliary storage", url: url) }

  func create(for model: VZMacHardwareModel, overwrite: Bool) throws {
    let path = try file.path()
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK | (overwrite ? O_TRUNC : O_EXCL)
    let descriptor = open(path, flags, 0o600)
    guard descriptor >= 0 else {
      let number = errno
      var problem = file.problem(number, "cannot be created")
      problem.code = .internalError
      if number == EEXIST { problem.suggestion = "Choose another path or allow overwriting." }
      throw problem
    }
    defer { close(descriptor) }
    do {
      try write(Self.head(for: model), to: descriptor)
    } catch {
      unlink(path)
      throw error
    }
  }

  private static func head(for model: VZMacHardwareModel) -> Data {
    var head = mark + Data(count: modelOffset - mark.count)
    withUnsafeBytes(of: UInt32(model.dataRepresentation.count).littleEndian) { head.append(contentsOf: $0) }
    head.append(model.dataRepresentation)
    return head
  }

  private func write(_ head: Data, to descriptor: Int32) throws {
    let count = head.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    guard count == head.count, ftruncate(descriptor, off_t(Self.size)) == 0, fsync(descriptor) == 0 else {
      var problem = file.problem(count >= 0 && errno == 0 ? ENOSPC : errno, "cannot be written")
      problem.code = errno == ENOSPC ? .outOfDiskSpace : .internalError
      throw problem
    }
  }

  /// The hardware model that the storage was made for.
  func read() throws -> VZMacHardwareModel {
    try file.requireRegularFile(for: .readAndWrite)
    guard let handle = FileHandle(forReadingAtPath: url.path) else { throw file.problem(errno, "cannot be read") }
    defer { try? handle.close() }
    guard let head = try? handle.read(upToCount: Self.modelOffset + 4 + Self.maximumModelSize),
      head.count > Self.modelOffset + 4, head.starts(with: Self.mark)
    else {
      throw file.problem(
        "is not an auxiliary storage of the stand-in Mac.",
        suggestion: "Create one for the hardware model. The storage of a real virtual Mac works only on a Mac.")
    }
    let length = head.subdata(in: Self.modelOffset..<Self.modelOffset + 4)
      .reversed().reduce(0) { $0 << 8 | Int($1) }
    let start = Self.modelOffset + 4
    guard length > 0, start + length <= head.count,
      let model = VZMacHardwareModel(dataRepresentation: head.subdata(in: start..<start + length))
    else {
      throw file.problem("is broken: it does not say for which hardware model it was made.")
    }
    return model
  }
}
