import Foundation
import HostSystem

/// Input on its way to the guest. Holds one read of one client at most, so that a guest that does not read stops its clients.
struct ConsoleInput {
  private static let size = 64 << 10

  private var bytes: [UInt8] = []
  private var sent = 0

  var isEmpty: Bool { sent == bytes.count }

  mutating func read(from client: ConsoleClient) {
    guard isEmpty else { return }
    sent = 0
    bytes = [UInt8](unsafeUninitializedCapacity: Self.size) { buffer, count in
      count = client.read(into: UnsafeMutableRawBufferPointer(buffer)) ?? 0
    }
  }

  mutating func write(to guest: StreamSocket) {
    while !isEmpty {
      let count = bytes.withUnsafeBytes { buffer in
        let rest = UnsafeRawBufferPointer(rebasing: buffer[sent...])
        return Descriptors.retrying { Foundation.write(guest.descriptor, rest.baseAddress, rest.count) }
      }
      if count > 0 {
        sent += count
      } else if Descriptors.wouldBlock(errno) {
        return
      } else {
        break
      }
    }
    bytes = []
    sent = 0
  }
}
