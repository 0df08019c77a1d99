import Foundation
import XCTest

@testable import Platform

/// Files that are taken for a Linux kernel and are none, and such that are.
final class KernelFileTests: XCTestCase {
  private var folder: TemporaryFolder!

  override func setUpWithError() throws { folder = try TemporaryFolder() }

  override func tearDown() { folder = nil }

  private func problem(
    _ bytes: Data, on processor: KernelFile.Processor = .x86, onlyKnown: Bool = true
  ) throws -> String? {
    try KernelFile(path: folder.file("kernel", bytes)).problem(on: processor, onlyKnown: onlyKnown)
  }

  private func assert(_ words: String, _ bytes: Data, on processor: KernelFile.Processor = .x86, line: UInt = #line)
    throws
  {
    let problem = try problem(bytes, on: processor)
    XCTAssertTrue(problem?.contains(words) ?? false, problem ?? "no problem", line: line)
  }

  func testWhatIsPackedNamesTheWayToUnpackIt() throws {
    for (magic, name) in [
      ([0x1f, 0x8b, 8], "gunzip"), ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], "xz -dc"), ([0x28, 0xb5, 0x2f, 0xfd], "zstd"),
      ([0x42, 0x5a, 0x68, 0x39], "bunzip2"), ([0x02, 0x21, 0x4c, 0x18], "lz4"),
    ] as [([UInt8], String)] {
      let file = Data(magic) + Data(count: 5000)
      try assert(name, file)
      // Of the framework's refusals this one is known too.
      XCTAssertNotNil(try problem(file, on: .arm, onlyKnown: false), name)
    }
    XCTAssertNil(try problem(Data([0x1f, 0x8b]) + Data(count: 5000), on: .arm), "QEMU unpacks it for this processor")
  }

  func testWhatIsNoKernelIsSaidToBeNone() throws {
    try assert("script", Data("#!/bin/sh\nexit 0\n".utf8))
    try assert("not a Linux kernel", Data(repeating: 1, count: 4096))
    try assert("not a Linux kernel", Data("MZ".utf8) + Data(count: 4096))
    XCTAssertNil(try problem(Data(repeating: 1, count: 4096), onlyKnown: false))
    for length in [0, 1, 60, 63, 64, 0x205, 0x260] { XCTAssertNotNil(try problem(Data(count: length)), "\(length)") }
  }

  func testAKernelForTheOtherProcessorIsNamed() throws {
    var image = Data(count: 4096)
    image.replaceSubrange(56..<60, with: [0x41, 0x52, 0x4d, 0x64])
    try assert("64-bit ARM processors", image)
    XCTAssertNil(try problem(image, on: .arm))
    try assert("x86-64 processors", TestKernel.bootImage(), on: .arm)
    try assert("64-bit ARM processors", TestKernel.executable(machine: 183))
    try assert("another processor", TestKernel.executable(machine: 243))
    XCTAssertNil(try problem(TestKernel.executable(machine: 183), on: .arm))
  }

  func testAFileThatIsCutShortIsSaidToBe() throws {
    for whole in [TestKernel.bootImage(), TestKernel.executable(machine: 62)] {
      XCTAssertNil(try problem(whole))
      XCTAssertNil(try problem(whole + Data(count: 100)), "a signature may follow")
      let problem = try XCTUnwrap(try problem(whole.dropLast()))
      XCTAssertTrue(problem.contains("cut short") && problem.contains("\(whole.count)"), problem)
    }
  }

  func testAHostileHeaderIsNoTrap() throws {
    for seed in 0..<2000 {
      var bytes = seed % 2 == 0 ? TestKernel.bootImage() : TestKernel.executable(machine: 62)
      var random = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1
      for _ in 0..<8 {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(random >> 33) % min(bytes.count, 0x280)] = UInt8(truncatingIfNeeded: random >> 56)
      }
      _ = KernelFile.format(Array(bytes))
    }
  }

  func testTheLongestCommandLineIsTheKernelsOwn() throws {
    func longest(_ bytes: Data) throws -> Int { try KernelFile(path: folder.file("kernel", bytes)).longestCommandLine }
    XCTAssertEqual(try longest(TestKernel.bootImage(longestCommandLine: 4095)), 4095)
    XCTAssertEqual(try longest(TestKernel.executable(machine: 62)), 2047)
  }
}
