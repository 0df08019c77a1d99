import Foundation

/// Writes the small property lists that data representations are: a dictionary of whole numbers, lists of them, and data.
///
/// Foundation's own writer fails on numbers in a statically linked program on Linux.
struct BinaryPropertyListWriter {
  enum Value {
    case number(UInt64)
    case numbers([UInt64])
    /// At most 255 bytes.
    case data(Data)
  }

  private var objects: [[UInt8]] = []

  /// - Parameter dictionary: at most 14 entries, with ASCII keys.
  static func write(_ dictionary: [String: Value]) -> Data {
    var writer = BinaryPropertyListWriter()
    let entries = dictionary.sorted { $0.key < $1.key }
    writer.objects.append([])
    let keys = entries.map { writer.add(writer.sized(0x50, Array($0.key.utf8))) }
    let values = entries.map { writer.add($0.value) }
    writer.objects[0] = [0xD0 | UInt8(entries.count)] + keys + values
    return writer.finished()
  }

  private mutating func add(_ bytes: [UInt8]) -> UInt8 {
    objects.append(bytes)
    return UInt8(objects.count - 1)
  }

  private mutating func add(_ value: Value) -> UInt8 {
    switch value {
    case .number(let number): return add(integer(number))
    case .data(let data): return add(sized(0x40, Array(data)))
    case .numbers(let numbers):
      let references = numbers.map { add(integer($0)) }
      return add([0xA0 | UInt8(numbers.count)] + references)
    }
  }

  private func integer(_ number: UInt64) -> [UInt8] {
    switch number {
    case 0...0xFF: [0x10] + bytes(number, 1)
    case 0...0xFFFF: [0x11] + bytes(number, 2)
    case 0...0xFFFF_FFFF: [0x12] + bytes(number, 4)
    case 0...UInt64(Int64.max): [0x13] + bytes(number, 8)
    // Eight bytes are read as a signed number.
    default: [0x14] + bytes(0, 8) + bytes(number, 8)
    }
  }

  private func sized(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
    content.count < 15
      ? [marker | UInt8(content.count)] + content : [marker | 0x0F, 0x10, UInt8(content.count)] + content
  }

  private func bytes(_ number: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
  }

  private func finished() -> Data {
    var output = Array("bplist00".utf8)
    var offsets: [UInt64] = []
    for object in objects {
      offsets.append(UInt64(output.count))
      output += object
    }
    let table = UInt64(output.count)
    for offset in offsets { output += bytes(offset, 2) }
    output += [0, 0, 0, 0, 0, 0, 2, 1] + bytes(UInt64(objects.count), 8) + bytes(0, 8) + bytes(table, 8)
    return Data(output)
  }
}
