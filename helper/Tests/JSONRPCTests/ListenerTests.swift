import Foundation
import HostSystem
import XCTest

@testable import JSONRPC

/// Many clients at a socket with a path.
final class ListenerTests: XCTestCase {
  private var folder = ""

  override func setUpWithError() throws {
    // Short, since a socket's path is: the temporary folder of macOS alone takes half of it.
    folder = "/tmp/jsonrpc-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
  }

  override func tearDownWithError() throws { try FileManager.default.removeItem(atPath: folder) }

  private var path: String { folder + "/s" }
  private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }

  private func listen(
    maximumClients: Int = 64, log: @escaping LogHandler = { _, _ in },
    service: @escaping @Sendable () -> any RPCService = { EchoService() }
  ) throws -> Listener {
    let listener = try Listener(path: path, maximumClients: maximumClients, log: log, service: service)
    try listener.start()
    addTeardownBlock { listener.close() }
    return listener
  }

  private func assertRefused(_ path: String, _ parts: String..., file: StaticString = #filePath, line: UInt = #line) {
    XCTAssertThrowsError(try Listener(path: path) { EchoService() }, file: file, line: line) { error in
      for part in parts + [path] where !part.isEmpty {
        XCTAssertTrue("\(error)".contains(part), "\(error)", file: file, line: line)
      }
    }
  }

  func testSeveralClientsAreServedAtOnceEachByItsOwnService() throws {
    let made = Locked(0)
    _ = try listen(service: {
      made.with { $0 += 1 }
      return EchoService()
    })
    let clients = try (0..<20).map { _ in try SocketClient(path) }
    for number in 1...3 {
      for client in clients { try client.send(#"{"jsonrpc":"2.0","id":\#(number),"method":"a","params":[7]}"#) }
      for client in clients.reversed() {
        XCTAssertEqual(client.line(), #"{"jsonrpc":"2.0","id":\#(number),"result":[7]}"#)
      }
    }
    XCTAssertEqual(made.with { $0 }, 20)
  }

  func testAClientThatLeavesDisturbsNobody() throws {
    _ = try listen()
    let staying = try SocketClient(path)
    for _ in 0..<30 {
      let leaving = try SocketClient(path)
      try leaving.send(#"{"jsonrpc":"2.0","id":1,"me"#)
      leaving.close()
    }
    XCTAssertTrue(try staying.isServed())
  }

  func testWhoConnectsBeforeTheStartIsServedAfterIt() throws {
    let listener = try Listener(path: path) { EchoService() }
    defer { listener.close() }
    let client = try SocketClient(path)
    try listener.start()
    XCTAssertTrue(try client.isServed())
  }

  func testOnlyThisUserMayConnectWhateverTheMask() throws {
    for mask: mode_t in [0, 0o022, 0o077] {
      let before = umask(mask)
      defer { umask(before) }
      let listener = try Listener(path: path) { EchoService() }
      var status = stat()
      XCTAssertEqual(lstat(path, &status), 0)
      XCTAssertEqual(status.st_mode & 0o777, 0o600)
      XCTAssertEqual(status.st_mode & S_IFMT, S_IFSOCK)
      listener.close()
    }
  }

  func testAPathOfAHundredBytesIsTheLongest() throws {
    let longest = folder + "/" + String(repeating: "x", count: 99 - folder.utf8.count)
    XCTAssertEqual(longest.utf8.count, 100)
    let listener = try Listener(path: longest) { EchoService() }
    try listener.start()
    XCTAssertTrue(try SocketClient(longest).isServed())
    listener.close()
    assertRefused(longest + "x", "101 bytes", "100 bytes")
    assertRefused(longest.dropLast() + "ä", "101 bytes")
  }

  func testPathsThatAreNoneAreRefused() throws {
    assertRefused("", "no path")
    assertRefused(folder + "/a\u{0}b", "no path")
    assertRefused(folder + "/missing/s", "No such file or directory")
  }

  func testTheLeftoverOfAKilledProcessIsReplaced() throws {
    // What is left when nobody closed in order: a socket file without a socket.
    let descriptor = try StreamSockets.make(AF_UNIX)
    try UnixSocket.listen(descriptor, at: path, backlog: 1)
    Descriptors.close(descriptor)
    XCTAssertEqual(names, ["s"])
    _ = try listen()
    XCTAssertTrue(try SocketClient(path).isServed())
  }

  func testALiveSocketIsLeftAlone() throws {
    let first = try listen()
    assertRefused(path, "in use by another helper")
    XCTAssertTrue(try SocketClient(path).isServed())
    first.close()
    XCTAssertEqual(names, [])
  }

  func testALiveSocketWithAFullQueueIsLeftAlone() throws {
    let descriptor = try StreamSockets.make(AF_UNIX)
    defer { Descriptors.close(descriptor) }
    try UnixSocket.listen(descriptor, at: path, backlog: 1)
    let waiting = (0..<8).compactMap { _ in try? SocketClient(path, isPatient: false) }
    XCTAssertFalse(waiting.isEmpty)
    assertRefused(path, "in use by another helper")
  }

  func testAListenerThatRefusesClientsForNowIsLeftAlone() throws {
    // Linux refuses the clients of such a socket, as macOS does those of one with a full queue.
    let socket = try ListeningSocket(path: path)
    defer { socket.removeFile() }
    shutdown(socket.descriptor.number, Int32(SHUT_RD))
    XCTAssertThrowsError(try SocketClient(path)) { XCTAssertEqual(($0 as? SocketClient.Refused)?.code, ECONNREFUSED) }
    assertRefused(path, "in use by another helper")
    XCTAssertEqual(names.sorted(), ["s", "s.lock"])
  }

  func testALeftoverLockIsTakenOver() throws {
    XCTAssertTrue(FileManager.default.createFile(atPath: path + ".lock", contents: nil))
    let listener = try listen()
    XCTAssertTrue(try SocketClient(path).isServed())
    listener.close()
    XCTAssertEqual(names, [])
  }

  func testALockFileThatIsNoneIsNamedAndLeftAlone() throws {
    try FileManager.default.createSymbolicLink(atPath: path + ".lock", withDestinationPath: folder + "/elsewhere")
    assertRefused(path, path + ".lock")
    try FileManager.default.removeItem(atPath: path + ".lock")
    XCTAssertEqual(mkfifo(path + ".lock", 0o600), 0)
    assertRefused(path, path + ".lock is in the way")
    XCTAssertEqual(names, ["s.lock"])
  }

  func testOtherFilesAreLeftAlone() throws {
    try "precious".write(toFile: path, atomically: true, encoding: .utf8)
    assertRefused(path, "not a socket")
    XCTAssertEqual(try String(contentsOfFile: path, encoding: .utf8), "precious")
    try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: path + "-elsewhere")
    assertRefused(folder + "/link", "not a socket")
    assertRefused(folder, "not a socket")
  }

  func testOfManyThatStartAtOnceExactlyOneGetsThePath() throws {
    for _ in 0..<10 {
      let descriptor = try StreamSockets.make(AF_UNIX)
      try UnixSocket.listen(descriptor, at: path, backlog: 1)
      Descriptors.close(descriptor)
      let winners = Locked<[Listener]>([])
      let path = path
      DispatchQueue.concurrentPerform(iterations: 8) { _ in
        guard let listener = try? Listener(path: path, service: { EchoService() }) else { return }
        winners.with { $0.append(listener) }
      }
      let listeners = winners.with { $0 }
      XCTAssertEqual(listeners.count, 1)
      try listeners.first?.start()
      XCTAssertTrue(try SocketClient(path).isServed())
      listeners.first?.close()
    }
  }

  func testClosingRemovesTheFileAndEndsTheConnections() throws {
    let listener = try listen()
    let client = try SocketClient(path)
    XCTAssertTrue(try client.isServed())
    listener.close()
    XCTAssertEqual(names, [])
    XCTAssertNil(client.line())
    listener.close()
    XCTAssertThrowsError(try SocketClient(path))
  }

  func testClosingLeavesTheFileOfASuccessor() throws {
    let listener = try listen()
    try FileManager.default.moveItem(atPath: path, toPath: folder + "/moved")
    try FileManager.default.removeItem(atPath: path + ".lock")
    let successor = try Listener(path: path) { EchoService() }
    try successor.start()
    listener.close()
    XCTAssertEqual(names.sorted(), ["moved", "s", "s.lock"])
    XCTAssertTrue(try SocketClient(path).isServed())
    successor.close()
  }

  func testAListenerThatIsLetGoOfLeavesNoFile() throws {
    _ = try Listener(path: path) { EchoService() }
    XCTAssertEqual(names, [])
  }

  func testOneClientTooManyIsTurnedAwayAndRoomIsUsedAgain() throws {
    let logged = Locked<[String]>([])
    _ = try listen(maximumClients: 2, log: { _, text in logged.with { $0.append(text) } })
    let (first, second) = (try SocketClient(path), try SocketClient(path))
    XCTAssertTrue(try first.isServed())
    XCTAssertTrue(try second.isServed())
    for _ in 0..<5 { XCTAssertNil(try SocketClient(path).line()) }
    XCTAssertEqual(logged.with { $0.filter { $0.contains("2 clients are the limit") }.count }, 1)
    XCTAssertTrue(try second.isServed())
    first.close()
    XCTAssertTrue(try becomesTrue { (try? SocketClient(path).isServed()) == true })
  }

  func testRunningOutOfDescriptorsIsSurvived() throws {
    let logged = Locked<[String]>([])
    _ = try listen(log: { _, text in logged.with { $0.append(text) } })
    let client = try SocketClient(path)
    XCTAssertTrue(try client.isServed())
    let waiting = try SocketClient(unconnected: ())
    // All numbers below the lowest free one are in use: with that as the limit nothing can be opened, so nobody can be
    // accepted.
    let lowestFree = dup(0)
    close(lowestFree)
    var before = rlimit()
    getrlimit(noFile, &before)
    var none = rlimit(rlim_cur: rlim_t(lowestFree), rlim_max: before.rlim_max)
    setrlimit(noFile, &none)
    defer { setrlimit(noFile, &before) }
    try waiting.connect(to: path)
    try waiting.send(#"{"jsonrpc":"2.0","id":"w","method":"a"}"#)
    XCTAssertTrue(try becomesTrue { logged.with { $0.contains { $0.contains("no client can be taken for now") } } })
    XCTAssertTrue(try client.isServed())
    setrlimit(noFile, &before)
    XCTAssertEqual(waiting.line(), #"{"jsonrpc":"2.0","id":"w","result":null}"#)
    XCTAssertEqual(logged.with { $0.filter { $0.contains("no client can be taken") }.count }, 1)
  }

  #if os(Linux)
    private var noFile: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }
  #else
    private var noFile: Int32 { RLIMIT_NOFILE }
  #endif

  private func becomesTrue(_ condition: () throws -> Bool) throws -> Bool {
    for _ in 0..<1000 {
      if try condition() { return true }
      usleep(10_000)
    }
    return false
  }
}

/// Answers every request with its own params.
private final class EchoService: RPCService {
  func handle(_ request: PendingRequest, params: RawJSON?) { request.succeed(params ?? .null) }
  func handleNotification(method: String, params: RawJSON?, on connection: Connection) {}
  func connectionDidClose(_ connection: Connection, reason: ConnectionEnd) {}
}

/// A client that speaks lines.
private final class SocketClient {
  private var descriptor: Int32
  private var received: [UInt8] = []

  struct Refused: Error { let code: Int32 }

  init(unconnected: ()) throws {
    #if os(Linux)
      descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  /// - Parameter isPatient: whether to wait when the queue is full.
  convenience init(_ path: String, isPatient: Bool = true) throws {
    try self.init(unconnected: ())
    if !isPatient { _ = Descriptors.makeNonBlocking(descriptor) }
    try connect(to: path)
  }

  deinit { close() }

  func connect(to path: String) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw Refused(code: errno) }
  }

  func close() {
    if descriptor >= 0 { Descriptors.close(descriptor) }
    descriptor = -1
  }

  func send(_ line: String) throws {
    let bytes = Array((line + "\n").utf8)
    guard case .bytes(bytes.count) = bytes.withUnsafeBytes({ Descriptors.write(descriptor, $0, isSocket: true) }) else {
      throw Refused(code: errno)
    }
  }

  /// The next line; nil at the end of the stream.
  func line() -> String? {
    while true {
      if let end = received.firstIndex(of: 0x0A) {
        defer { received.removeFirst(end + 1) }
        return String(decoding: received[..<end], as: UTF8.self)
      }
      var block = [UInt8](repeating: 0, count: 4096)
      guard case .bytes(let count) = block.withUnsafeMutableBytes({ Descriptors.read(descriptor, into: $0) }), count > 0
      else { return nil }
      received += block[..<count]
    }
  }

  func isServed() throws -> Bool {
    try send(#"{"jsonrpc":"2.0","id":"served","method":"a"}"#)
    return line() == #"{"jsonrpc":"2.0","id":"served","result":null}"#
  }
}
