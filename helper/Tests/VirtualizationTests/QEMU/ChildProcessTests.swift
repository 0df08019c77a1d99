import XCTest

@testable import Virtualization

final class ChildProcessTests: XCTestCase {
  private func exit(of child: ChildProcess) throws -> ChildProcess.Exit {
    var result: ChildProcess.Exit?
    let done = DispatchSemaphore(value: 0)
    child.whenExited {
      result = $0
      done.signal()
    }
    guard done.wait(timeout: .now() + 30) == .success else { throw POSIXError(.ETIMEDOUT) }
    return try XCTUnwrap(result)
  }

  private func shell(_ script: String, descriptors: [Int32] = []) throws -> ChildProcess {
    try ChildProcess.launch(
      ChildLaunch(path: "/bin/sh", arguments: ["-c", script], descriptors: descriptors, collectsOutput: true))
  }

  func testLinesComeWholeAndBounded() {
    var splitter = LineSplitter()
    XCTAssertEqual(splitter.take(Array("one\n\ntw".utf8)), ["one"])
    XCTAssertEqual(splitter.take(Array("o\nthr".utf8)), ["two"])
    XCTAssertEqual(splitter.take(Array("ee".utf8)), [])
    XCTAssertEqual(splitter.finish(), ["three"])
    XCTAssertEqual(splitter.finish(), [])
    let long = splitter.take(Array(repeating: UInt8(ascii: "x"), count: 1 << 20) + Array("\nnext\n".utf8))
    XCTAssertEqual(long, [String(repeating: "x", count: 1024), "next"])
  }

  func testStatusSignalAndLastWords() throws {
    let ended = try shell("echo said >&2; exit 7")
    XCTAssertEqual(try exit(of: ended), .code(7))
    XCTAssertEqual(ended.lastMessages, "said")
    let killed = try shell("sleep 100")
    killed.kill()
    XCTAssertEqual(try exit(of: killed), .signal(SIGKILL))
    killed.kill()
    XCTAssertEqual(try exit(of: killed), .signal(SIGKILL), "told again to who asks later")
  }

  func testFloodOfMessagesKeepsItsEnd() throws {
    let child = try shell("seq 1 200000 >&2; echo the end >&2")
    XCTAssertEqual(try exit(of: child), .code(0))
    XCTAssertTrue(child.lastMessages.hasSuffix("199999\n200000\nthe end"))
    XCTAssertLessThanOrEqual(child.lastMessages.utf8.count, 8 << 10)
  }

  func testOnlyTheGivenDescriptorsArrive() throws {
    let file = try TestFile(Data("content\n".utf8))
    let given = open(file.url.path, O_RDONLY)
    // Without close-on-exec: what others leave open must not leak into a child either.
    let stray = open("/dev/zero", O_RDONLY)
    defer {
      close(given)
      close(stray)
    }
    let child = try shell("cat <&4; ls /proc/self/fd | tr '\\n' ' '", descriptors: [given, given])
    XCTAssertEqual(try exit(of: child), .code(0))
    // `ls` itself opens the folder as the next free number, 5.
    XCTAssertEqual(child.lastMessages, "content\n0 1 2 3 4 5")
  }

  func testChildHasStandardSignalsAndASessionOfItsOwn() throws {
    let before = signal(SIGUSR1, SIG_IGN)
    defer { signal(SIGUSR1, before) }
    let child = try shell("grep -E 'SigBlk|SigIgn' /proc/self/status; cut -d' ' -f6 /proc/$$/stat; echo $$")
    XCTAssertEqual(try exit(of: child), .code(0))
    let lines = child.lastMessages.split(separator: "\n")
    XCTAssertEqual(lines.prefix(2), ["SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000"])
    XCTAssertEqual(lines[2], lines[3], "it leads its session")
  }

  func testWhatCannotBeExecutedIsNamedWithTheReason() throws {
    let file = try TestFile(Data("no program".utf8))
    for (path, code) in [("/nonexistent/program", ENOENT), (file.url.path, EACCES), ("/", EACCES)] {
      XCTAssertThrowsError(try ChildProcess.launch(ChildLaunch(path: path, arguments: []))) { error in
        let failure = error as? ChildProcess.LaunchFailure
        XCTAssertEqual(failure?.number, code)
        XCTAssertTrue("\(error)".contains(path), "\(error)")
        XCTAssertTrue("\(error)".contains("execute"), "\(error)")
      }
    }
  }

  func testStageShowsFoldersAndHidesTheRest() throws {
    let first = try TestFolder()
    let second = try TestFolder()
    try first.write("1", to: "one")
    try second.write("2", to: "two")
    let folders = [
      StagedFolder(source: first.url.path, name: "a b", readOnly: false),
      StagedFolder(source: second.url.path, name: "c", readOnly: true),
    ]
    var launch = ChildLaunch(
      path: "/bin/sh",
      arguments: ["-c", "ls /sys; touch '/sys/a b/new' && echo written; touch /sys/c/new 2>/dev/null || echo refused"])
    launch.collectsOutput = true
    launch.stage = ("/sys", folders)
    let child: ChildProcess
    do {
      child = try ChildProcess.launch(launch)
    } catch let failure as ChildProcess.LaunchFailure where failure.number == EPERM {
      throw XCTSkip("this system lets this user make no mount namespace")
    }
    XCTAssertEqual(try exit(of: child), .code(0))
    XCTAssertEqual(child.lastMessages, "a b\nc\nwritten\nrefused")
    XCTAssertNotNil(first.read("new"))
    launch.stage = ("/sys", [StagedFolder(source: "/nonexistent/folder", name: "x", readOnly: false)])
    XCTAssertThrowsError(try ChildProcess.launch(launch)) {
      XCTAssertTrue("\($0)".contains("/nonexistent/folder"), "\($0)")
    }
  }
}
