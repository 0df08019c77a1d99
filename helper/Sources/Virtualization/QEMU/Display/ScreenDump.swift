import CVirtualization
import Foundation
import HostSystem

/// One picture of a display, by QEMU's monitor. The pixels go through a file that exists in memory only, so that nothing is
/// left anywhere and nobody else can read them.
struct ScreenDump {
  let session: HypervisorSession
  /// The display's name in QEMU.
  let device: String

  typealias Completion = (Result<DisplayImage, any Error>) -> Void

  /// - Parameter completion: called once, on any thread.
  func take(_ completion: @escaping Completion) {
    do {
      let file = try MemoryFile()
      let writer = try file.writer()
      defer { close(writer) }
      session.execute("add-fd", descriptor: writer) { result in
        switch result {
        case .success(let answer): dump(to: answer["fdset-id"]?.integer ?? -1, file, completion)
        case .failure(let error): completion(.failure(Self.error(error)))
        }
      }
    } catch {
      completion(.failure(Self.error("there is no memory for it: \(error)")))
    }
  }

  private func dump(to set: Int64, _ file: MemoryFile, _ completion: @escaping Completion) {
    // The portable pixmap is the one format that every QEMU has.
    let arguments: QMPValue = ["filename": .string("/dev/fdset/\(set)"), "device": .string(device)]
    session.execute("screendump", arguments) { result in
      session.execute("remove-fd", ["fdset-id": .integer(set)]) { _ in }
      if case .failure(let error) = result { return completion(.failure(Self.error(error))) }
      // Off the thread of the monitors, which has others to serve.
      DispatchQueue.global().async {
        completion(
          Result { try DisplayImage(pixmap: file.read(limit: DisplayImage.maximumPixels * 3 + 64)) }.mapError {
            Self.error(($0 as? DisplayImage.Problem)?.reason ?? "\($0)")
          })
      }
    }
  }

  private static func error(_ error: QMPError) -> VZError {
    switch error {
    case .closed:
      VZError(.invalidVirtualMachineState, reason: "The machine stopped before its display could be seen.")
    case .refused(_, let reason): Self.error(reason)
    }
  }

  private static func error(_ reason: String) -> VZError {
    VZError(.internalError, reason: "No picture can be taken of the display: \(reason).")
  }
}

/// A file without a name, in memory.
private final class MemoryFile {
  private let descriptor: Int32

  init() throws {
    descriptor = vz_memory_file("vzkit-display")
    guard descriptor >= 0 else { throw SystemError(errno, "make a file in memory") }
  }

  deinit { close(descriptor) }

  /// Another descriptor of the file, for writing alone, as QEMU asks for; the caller closes it.
  func writer() throws -> Int32 {
    let writer = open("/proc/self/fd/\(descriptor)", O_WRONLY | O_CLOEXEC)
    guard writer >= 0 else { throw SystemError(errno, "open a file in memory") }
    return writer
  }

  func read(limit: Int) throws -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError(errno, "read a file in memory") }
    guard status.st_size <= limit else { throw DisplayImage.Problem(reason: "it has \(status.st_size) bytes") }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        // There is a base address: the loop ends before an empty buffer.
        pread(descriptor, $0.baseAddress! + done, $0.count - done, off_t(done))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SystemError(count < 0 ? errno : EIO, "read a file in memory") }
      done += count
    }
    return bytes
  }
}

extension VZVirtualMachine {
  /// Takes a picture of a display, counted over all graphics devices, as it is now. May be called from any thread; the
  /// completion is called once, on any thread, with `VZError.invalidVirtualMachineState` when the machine does not run.
  package func takePicture(
    ofDisplay index: Int, _ completion: @escaping (Result<DisplayImage, any Error>) -> Void
  ) {
    guard let session else {
      return completion(
        .failure(VZError(.invalidVirtualMachineState, reason: "The machine does not run, so its display is dark.")))
    }
    ScreenDump(session: session, device: QEMUCommandLine.displayName(index)).take(completion)
  }
}
