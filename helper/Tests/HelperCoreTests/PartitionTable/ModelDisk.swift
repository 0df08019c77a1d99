import XCTest

@testable import HelperCore

/// A disk in memory that remembers what was done to it, so that it can be cut off at any moment.
final class ModelDisk: DiskMedium {
  enum Change {
    case size(UInt64)
    case write([UInt8], at: UInt64)
    case holes(Range<UInt64>)
    case synchronize
  }

  private(set) var bytes: [UInt8]
  private(set) var changes: [Change] = []
  /// Throws before a change is made, by its number.
  var failure: (Int) throws -> Void = { _ in }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func size() throws -> UInt64 { UInt64(bytes.count) }

  func setSize(_ size: UInt64) throws { try make(.size(size)) }

  func read(at offset: UInt64, count: Int) throws -> [UInt8] {
    guard offset + UInt64(count) <= UInt64(bytes.count) else {
      throw PartitionTableError.damaged("is read beyond its end")
    }
    return Array(bytes[Int(offset)..<Int(offset) + count])
  }

  func write(_ bytes: [UInt8], at offset: UInt64) throws { try make(.write(bytes, at: offset)) }

  func synchronize() throws { try make(.synchronize) }

  func makeHoles(in range: Range<UInt64>) { try? make(.holes(range)) }

  private func make(_ change: Change) throws {
    try failure(changes.count)
    changes.append(change)
    Self.apply(change, to: &bytes)
  }

  private static func apply(_ change: Change, to bytes: inout [UInt8]) {
    switch change {
    case .size(let size):
      bytes = bytes.prefix(Int(size)) + [UInt8](repeating: 0, count: max(0, Int(size) - bytes.count))
    case .write(let new, let offset): bytes.replaceSubrange(Int(offset)..<Int(offset) + new.count, with: new)
    case .holes(let range):
      bytes.replaceSubrange(
        Int(range.lowerBound)..<Int(range.upperBound), with: [UInt8](repeating: 0, count: range.count))
    case .synchronize: break
    }
  }

  // MARK: - Cuts

  /// What is on the disk when the process is killed after so many changes to what was on it at first.
  static func killed(_ first: [UInt8], after count: Int, of changes: [Change]) -> [UInt8] {
    var bytes = first
    for change in changes.prefix(count) { apply(change, to: &bytes) }
    return bytes
  }

  /// What is on the disk when power is lost after so many changes: those that were synchronized, and of the others the
  /// sectors that `survives` says, in their order. A change of size comes whole or not at all.
  static func withoutPower(
    _ first: [UInt8], after count: Int, of changes: [Change], survives: () -> Bool
  ) -> [UInt8] {
    let done = changes.prefix(count)
    let kept =
      done.lastIndex {
        if case .synchronize = $0 { return true }
        return false
      } ?? 0
    var bytes = killed(first, after: kept, of: changes)
    for change in done.suffix(from: min(kept, done.endIndex)) {
      for part in sectors(of: change) where survives() && fits(part, bytes.count) { apply(part, to: &bytes) }
    }
    return bytes
  }

  private static func sectors(of change: Change) -> [Change] {
    guard case .write(let bytes, let offset) = change else { return [change] }
    return stride(from: 0, to: bytes.count, by: 512).map {
      .write(Array(bytes[$0..<min($0 + 512, bytes.count)]), at: offset + UInt64($0))
    }
  }

  /// A write behind the end is lost with the growth that made room for it.
  private static func fits(_ change: Change, _ size: Int) -> Bool {
    switch change {
    case .write(let bytes, let offset): return Int(offset) + bytes.count <= size
    case .holes(let range): return Int(range.upperBound) <= size
    default: return true
    }
  }
}
