import Foundation
import XCTest

@testable import Virtualization

/// A real guest in QEMU that does nothing but sockets: the test guest, with a shell at port 1024.
final class SocketGuest {
  let fixture: SocketFixture
  private let process: pid_t

  /// Boots the guest and returns when its driver answers.
  init() throws {
    let files = try SocketGuest.files()
    fixture = try SocketFixture()
    process = try SocketGuest.spawn(
      SocketGuest.arguments(kernel: files.kernel, initialRamdisk: files.initialRamdisk),
      passing: fixture.backend.descriptorForQEMU)
    close(fixture.backend.descriptorForQEMU)
    fixture.backend.start()
    fixture.listen(700)
  }

  deinit {
    fixture.backend.stop()
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
  }

  /// Waits until the guest's init has called the host, which it does when its driver works.
  func waitUntilUp() throws {
    _ = try fixture.nextConnection(seconds: 180)
  }

  /// Runs a command in the guest and returns the connection to its standard streams.
  func run(_ command: String) throws -> VZVirtioSocketConnection {
    let shell = try connect(1024)
    // The shell reads ahead: what follows the line must not come before it has handed over.
    writeAll(shell.fileDescriptor, Array("exec 2>&1; echo; exec \(command)\n".utf8))
    XCTAssertEqual(readExactly(shell.fileDescriptor, 1), [10])
    return shell
  }

  /// Connects to a port in the guest, again for as long as nobody listens there yet.
  func connect(_ port: UInt32) throws -> VZVirtioSocketConnection {
    for _ in 0..<200 {
      do {
        return try fixture.connect(port).value()
      } catch let error as NSError where error.code == ECONNRESET {
        usleep(50_000)
      }
    }
    throw PeerFailure.missing("nobody listens at port \(port) of the guest")
  }

  func signal(_ number: Int32) {
    kill(process, number)
  }

  private static func files() throws -> (kernel: String, initialRamdisk: String) {
    let environment = ProcessInfo.processInfo.environment
    let cache = environment["XDG_CACHE_HOME"] ?? NSHomeDirectory() + "/.cache"
    let kernel = cache + "/vzkit/guest/vmlinuz"
    let ramdisk = cache + "/vzkit/guest/initramfs.cpio"
    for file in [kernel, ramdisk] {
      try XCTSkipUnless(
        FileManager.default.fileExists(atPath: file), "no test guest: \(file) is missing; run the set-up")
    }
    return (kernel, ramdisk)
  }

  private static func arguments(kernel: String, initialRamdisk: String) -> [String] {
    [
      "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-M", "q35", "-accel", "tcg", "-cpu", "max",
      "-m", "256", "-object", "memory-backend-memfd,id=mem,size=256M,share=on", "-machine", "memory-backend=mem",
      "-kernel", kernel, "-initrd", initialRamdisk, "-append",
      "quiet vzkit.console=none vzkit.run=\"vsock connect 2 700; sleep 1000000\"", "-chardev", "socket,id=v,fd=3",
      "-device", "vhost-user-vsock-pci,chardev=v",
    ]
  }

  /// Starts QEMU with `descriptor` as its descriptor 3, and so that it dies with this process.
  private static func spawn(_ arguments: [String], passing descriptor: Int32) throws -> pid_t {
    let qemu = ProcessInfo.processInfo.environment["VZKIT_QEMU"] ?? "qemu-system-x86_64"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, descriptor, 3)
    let words = (["setpriv", "--pdeathsig", "KILL", qemu] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let error = posix_spawnp(&process, "setpriv", &actions, nil, words, environ)
    try XCTSkipIf(error != 0, "setpriv or QEMU is not installed: \(String(cString: strerror(error)))")
    return process
  }
}
