import CDownload
import Foundation
import HelperProtocol
import HostSystem
import Platform

/// SHA-256 of a file's bytes, one after the other.
final class FileHash {
  /// Fits the processor's cache together with what fills it.
  private static let bufferSize = 256 << 10

  private let hash: OpaquePointer
  private let descriptor: Int32
  private let path: String
  private var buffer = [UInt8](repeating: 0, count: FileHash.bufferSize)
  /// Bytes that are in the hash.
  private(set) var offset: Int64 = 0

  init(_ descriptor: Int32, path: String) throws {
    guard let hash = cd_sha256_make() else {
      let problem = cd_sha256_problem().map { String(cString: $0) } ?? "there is no memory"
      throw WireError(.notSupported, "The SHA-256 of \(path) cannot be computed: \(problem).")
    }
    self.hash = hash
    self.descriptor = descriptor
    self.path = path
  }

  deinit { cd_sha256_free(hash) }

  /// Takes the bytes up to `end`, a buffer at a time, as long as `goOn` says so.
  ///
  /// - Throws: `SystemError` when the file cannot be read, or is shorter.
  func advance(to end: Int64, while goOn: () -> Bool = { true }) throws {
    while offset < end, goOn() {
      let wanted = min(Int(end - offset), buffer.count)
      let count = Descriptors.retrying { pread(descriptor, &buffer, wanted, off_t(offset)) }
      guard count > 0 else { throw SystemError(count < 0 ? errno : EIO, "read", path: path) }
      guard cd_sha256_update(hash, buffer, count) else {
        throw WireError(.internalError, "The SHA-256 of \(path) cannot be computed.")
      }
      offset += Int64(count)
    }
  }

  /// 64 hexadecimal digits. To be called once.
  func finish() throws -> String {
    var text = [CChar](repeating: 0, count: 65)
    let isDone = text.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { cd_sha256_finish(hash, $0) } ?? false
    }
    guard isDone else { throw WireError(.internalError, "The SHA-256 of \(path) cannot be computed.") }
    return String(decoding: text.prefix(64).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
