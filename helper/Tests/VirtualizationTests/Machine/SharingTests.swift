import XCTest

@testable import Virtualization

/// Folders of the host as a real guest mounts them.
final class SharingTests: XCTestCase {
  private func machine(_ share: VZDirectoryShare?) throws -> (TestMachine, GuestConsole) {
    if let problem = HypervisorHost.probe().virtiofsdProblem { throw XCTSkip(problem) }
    let console = try GuestConsole()
    let configuration = try Guest.configuration(options: "vzkit.share=work")
    configuration.serialPorts = [console.configuration]
    let device = VZVirtioFileSystemDeviceConfiguration(tag: "work")
    device.share = share
    configuration.directorySharingDevices = [device]
    let machine = TestMachine(configuration)
    try machine.start()
    try console.wait(for: "vzkit-guest: ready")
    return (machine, console)
  }

  func testSingleFolderIsReadAndWritten() throws {
    let folder = try TestFolder()
    try folder.write("from the host\n", to: "greeting")
    let (machine, console) = try machine(
      VZSingleDirectoryShare(directory: VZSharedDirectory(url: folder.url, readOnly: false)))
    console.send("cat /mnt/work/greeting; echo from the guest > /mnt/work/answer; sync; echo wr''itten")
    try console.wait(for: "written")
    XCTAssertTrue(console.text.contains("from the host"))
    XCTAssertEqual(folder.read("answer"), "from the guest\n")
    // What the host appends to a file that the guest has read is seen at once.
    try folder.write("from the host\nmore\n", to: "greeting")
    console.send("cat /mnt/work/greeting; echo re''ad")
    try console.wait(for: "more\nread")
    try machine.stop()
  }

  func testReadOnlyFolderCannotBeWritten() throws {
    let folder = try TestFolder()
    try folder.write("kept", to: "file")
    let (machine, console) = try machine(
      VZSingleDirectoryShare(directory: VZSharedDirectory(url: folder.url, readOnly: true)))
    console.send("cat /mnt/work/file; rm -f /mnt/work/file; echo x > /mnt/work/new; echo tr''ied")
    try console.wait(for: "tried")
    XCTAssertTrue(console.text.contains("kept"))
    XCTAssertTrue(console.text.contains("Read-only file system"), console.text)
    XCTAssertEqual(folder.read("file"), "kept")
    XCTAssertNil(folder.read("new"))
    try machine.stop()
  }

  func testSeveralFoldersUnderOneTagAndTheirExchange() throws {
    let first = try TestFolder()
    let second = try TestFolder()
    let third = try TestFolder()
    try first.write("one\n", to: "name")
    try second.write("two\n", to: "name")
    try third.write("three\n", to: "name")
    let (machine, console) = try machine(
      VZMultipleDirectoryShare(directories: [
        "a folder": VZSharedDirectory(url: first.url, readOnly: false),
        "b": VZSharedDirectory(url: second.url, readOnly: true),
      ]))
    console.send(
      "cat '/mnt/work/a folder/name' /mnt/work/b/name; echo x > '/mnt/work/a folder/new'; echo x > /mnt/work/b/new; "
        + "ls /mnt/work; echo all-sh''own")
    try console.wait(for: "all-shown")
    XCTAssertTrue(console.text.contains("one\ntwo\n"), console.text)
    XCTAssertEqual(first.read("new"), "x\n")
    XCTAssertNil(second.read("new"))
    console.forget()
    let device = try XCTUnwrap(
      machine.queue.sync { machine.machine.directorySharingDevices.first } as? VZVirtioFileSystemDevice)
    machine.queue.sync {
      device.share = VZMultipleDirectoryShare(directories: ["c": VZSharedDirectory(url: third.url, readOnly: false)])
    }
    console.send("ls /mnt/work; cat /mnt/work/c/name; echo ag''ain")
    try console.wait(for: "again")
    XCTAssertTrue(console.text.contains("c\nthree\n"), console.text)
    XCTAssertFalse(console.text.contains("a folder\n"), console.text)
    try machine.stop()
  }

  func testDeathOfTheDaemonIsAnErrorWithItsCause() throws {
    let folder = try TestFolder()
    let (machine, _) = try machine(
      VZSingleDirectoryShare(directory: VZSharedDirectory(url: folder.url, readOnly: false)))
    let daemon = try XCTUnwrap(machine.machine.session?.daemonProcessIdentifiers.first)
    kill(daemon, SIGKILL)
    guard case .error(let text) = try machine.ending() else { return XCTFail("the guest did not stop by itself") }
    XCTAssertTrue(text.contains("virtiofsd"), text)
    XCTAssertEqual(machine.state, .error)
  }

  func testVanishedFolderFailsTheStart() throws {
    if let problem = HypervisorHost.probe().virtiofsdProblem { throw XCTSkip(problem) }
    let configuration = try Guest.configuration()
    let device = VZVirtioFileSystemDeviceConfiguration(tag: "work")
    device.share = VZSingleDirectoryShare(
      directory: VZSharedDirectory(url: URL(fileURLWithPath: "/nonexistent/folder"), readOnly: false))
    configuration.directorySharingDevices = [device]
    let machine = TestMachine(configuration)
    XCTAssertThrowsError(try machine.start()) { error in
      XCTAssertTrue(error.localizedDescription.contains("/nonexistent/folder"), error.localizedDescription)
    }
    XCTAssertEqual(machine.state, .stopped)
  }
}
