import Foundation
import HelperProtocol
import HostSystem

/// One run of a program of the system, to its end.
struct ToolRun {
  /// Both outputs are kept up to so many bytes; what follows is read and forgotten.
  private static let longestOutput = 1 << 20
  /// Milliseconds between two looks at whether the caller has lost interest.
  private static let patience: Int32 = 200

  let output: [UInt8]
  let errorOutput: String
  /// The exit status, or the negative number of the signal that ended it.
  let status: Int32

  /// Blocks until the program has ended.
  ///
  /// - Parameter isCancelled: whether the caller has lost interest; then the program is ended.
  /// - Throws: `requestCancelled`, or `notSupported` when the program cannot be run.
  init(_ executable: String, _ arguments: [String], isCancelled: () -> Bool = { false }) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    let (out, err) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (FileHandle.nullDevice, out, err)
    do {
      try process.run()
    } catch {
      throw WireError(
        .notSupported,
        "The program \(executable) cannot be run: \(error.localizedDescription) It belongs to the system.")
    }
    var streams = [out, err].map { Stream(descriptor: $0.fileHandleForReading.fileDescriptor) }
    // Both at once: a program that has filled one of them waits.
    while streams.contains(where: { !$0.isAtEnd }) {
      if isCancelled() {
        process.terminate()
        process.waitUntilExit()
        throw WireError.requestCancelled
      }
      Self.read(&streams)
    }
    process.waitUntilExit()
    output = streams[0].bytes
    errorOutput = String(decoding: streams[1].bytes, as: UTF8.self)
    status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  }

  private struct Stream {
    let descriptor: Int32
    var bytes: [UInt8] = []
    var isAtEnd = false
  }

  private static func read(_ streams: inout [Stream]) {
    var polled = streams.map { pollfd(fd: $0.isAtEnd ? -1 : $0.descriptor, events: Int16(POLLIN), revents: 0) }
    guard poll(&polled, nfds_t(polled.count), patience) > 0 else { return }
    for index in streams.indices where polled[index].revents != 0 {
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = Descriptors.retrying { Foundation.read(streams[index].descriptor, &chunk, chunk.count) }
      guard count > 0 else {
        streams[index].isAtEnd = true
        continue
      }
      streams[index].bytes += chunk.prefix(min(count, max(longestOutput - streams[index].bytes.count, 0)))
    }
  }
}
