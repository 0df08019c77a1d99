import XCTest

@testable import Virtualization

/// Folders of the host as a real guest mounts them.
final class SharingTests: XCTestCase {
  private func machine(_ share: VZDirectoryShare?) throws -> (TestMachine, GuestConsole) {
    if let problem = HypervisorHost.probe().virtiofsdProblem { throw XCTSkip(problem.description) }
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

  private func device(of machine: TestMachine) throws -> VZVirtioFileSystemDevice {
    try XCTUnwrap(machine.queue.sync { machine.machine.directorySharingDevices.first } as? VZVirtioFileSystemDevice)
  }

  private func single(_ folder: TestFolder, readOnly: Bool = false) -> VZSingleDirectoryShare {
    VZSingleDirectoryShare(directory: VZSharedDirectory(url: folder.url, readOnly: readOnly))
  }

  func testSingleFolderIsExchangedWhileTheGuestUsesIt() throws {
    let folders = try (0..<3).map { _ in try TestFolder() }
    for (number, folder) in folders.enumerated() { try folder.write("number \(number)\n", to: "name") }
    let (machine, console) = try machine(single(folders[0]))
    let device = try device(of: machine)
    console.send("exec 5</mnt/work/name; mkdir /mnt/work/kept; cd /mnt/work/kept; cat ../name; echo r''ead")
    try console.wait(for: "number 0\nread")
    try machine.queue.sync { try device.exchange(single(folders[1], readOnly: true)) }
    console.forget()
    console.send("cat /mnt/work/name; echo x > /mnt/work/new; ls /mnt/work; cat <&5; echo old > file; echo r''ead")
    try console.wait(for: "number 1\n")
    try console.wait(for: "read")
    XCTAssertTrue(console.text.contains("Read-only file system"), console.text)
    XCTAssertTrue(console.text.contains("number 0"), "an open file stays: \(console.text)")
    XCTAssertNil(folders[1].read("new"))
    XCTAssertEqual(folders[0].read("kept/file"), "old\n")
    // To several, to none, and back to one, in which folders can be made and removed as ever.
    try machine.queue.sync {
      try device.exchange(
        VZMultipleDirectoryShare(directories: ["c": VZSharedDirectory(url: folders[2].url, readOnly: false)]))
    }
    console.forget()
    console.send("cd /; ls /mnt/work; cat /mnt/work/c/name; echo r''ead")
    try console.wait(for: "c\nnumber 2\nread")
    try machine.queue.sync { try device.exchange(nil) }
    console.forget()
    console.send("echo be''gin; ls /mnt/work; echo em''pty")
    try console.wait(for: "begin\nempty")
    try machine.queue.sync { try device.exchange(single(folders[0])) }
    console.forget()
    console.send("mkdir -p /mnt/work/d/e && mv /mnt/work/d/e /mnt/work/kept/e && rm -r /mnt/work/d && echo mo''ved")
    try console.wait(for: "moved")
    try FileManager.default.removeItem(at: folders[0].url.appendingPathComponent("kept/e"))
    // A new mount in the guest sees the same.
    console.forget()
    console.send("umount /mnt/work; mount -t virtiofs work /mnt/work; cat /mnt/work/name; echo ag''ain")
    try console.wait(for: "number 0\nagain")
    try machine.stop()
  }

  func testExchangeBeforeTheGuestMounts() throws {
    if let problem = HypervisorHost.probe().virtiofsdProblem { throw XCTSkip(problem.description) }
    let folders = try (0..<2).map { _ in try TestFolder() }
    for (number, folder) in folders.enumerated() { try folder.write("number \(number)\n", to: "name") }
    let console = try GuestConsole()
    let configuration = try Guest.configuration()
    configuration.serialPorts = [console.configuration]
    let sharing = VZVirtioFileSystemDeviceConfiguration(tag: "work")
    sharing.share = single(folders[0])
    configuration.directorySharingDevices = [sharing]
    let machine = TestMachine(configuration)
    try machine.start()
    try console.wait(for: "vzkit-guest: ready")
    let device = try device(of: machine)
    try machine.queue.sync { try device.exchange(single(folders[1])) }
    console.send("mkdir /mnt/late; mount -t virtiofs work /mnt/late; cat /mnt/late/name; echo mo''unted")
    try console.wait(for: "number 1\nmounted")
    try machine.stop()
    // Stopped, it is what the next start shows, even when the first folder is gone.
    try FileManager.default.removeItem(at: folders[0].url)
    try machine.queue.sync { try device.exchange(single(folders[1], readOnly: true)) }
    console.forget()
    try machine.start()
    try console.wait(for: "vzkit-guest: ready")
    console.send("mkdir /mnt/late; mount -t virtiofs work /mnt/late; cat /mnt/late/name; echo mo''unted")
    try console.wait(for: "number 1\nmounted")
    try machine.stop()
  }

  func testFailedExchangeLeavesTheOldShare() throws {
    let folder = try TestFolder()
    try folder.write("kept\n", to: "name")
    let (machine, console) = try machine(single(folder))
    let device = try device(of: machine)
    let missing = VZSharedDirectory(url: URL(fileURLWithPath: "/nonexistent/folder"), readOnly: false)
    for share in [VZSingleDirectoryShare(directory: missing), VZMultipleDirectoryShare(directories: ["a": missing])] {
      XCTAssertThrowsError(try machine.queue.sync { try device.exchange(share) }) { error in
        XCTAssertTrue(error.localizedDescription.contains("/nonexistent/folder"), error.localizedDescription)
      }
    }
    // Not caught by a look at the folder: the daemon covers this one in its own view.
    let hidden = VZSharedDirectory(url: URL(fileURLWithPath: "/sys/kernel"), readOnly: false)
    XCTAssertThrowsError(try machine.queue.sync { try device.exchange(VZSingleDirectoryShare(directory: hidden)) })
    console.send("cat /mnt/work/name; echo r''ead")
    try console.wait(for: "kept\nread")
    XCTAssertTrue(machine.queue.sync { device.share is VZSingleDirectoryShare })
    try machine.queue.sync { try device.exchange(nil) }
    XCTAssertThrowsError(
      try machine.queue.sync {
        try device.exchange(VZMultipleDirectoryShare(directories: ["a": hidden]))
      })
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
    if let problem = HypervisorHost.probe().virtiofsdProblem { throw XCTSkip(problem.description) }
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
