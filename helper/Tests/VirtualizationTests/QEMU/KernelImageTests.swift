import XCTest

@testable import Virtualization

final class KernelImageTests: XCTestCase {
  func testBootImageIsUnpackedOnceAndEnteredDirectly() throws {
    let kernel = try Guest.folder() + "/vmlinuz"
    let image = KernelImage.bootable(kernel)
    XCTAssertNotEqual(image, kernel)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: image))
    XCTAssertTrue(bytes.withUnsafeBytes { ELFImage.hasDirectEntry($0) })
    let before = KeptFiles.identity(of: image)?.split(separator: " ")[1]
    XCTAssertEqual(KernelImage.bootable(kernel), image)
    XCTAssertEqual(KeptFiles.identity(of: image)?.split(separator: " ")[1], before, "the same file as before")
    XCTAssertEqual(KernelImage.bootable(image), image, "an unpacked image is taken as it is")
  }

  func testWhatCannotBeUnpackedIsBootedAsItIs() throws {
    let kernel = try Data(contentsOf: URL(fileURLWithPath: try Guest.folder() + "/vmlinuz"))
    var damaged = kernel
    damaged.replaceSubrange(kernel.count / 2..<kernel.count / 2 + 1000, with: Data(repeating: 0xA5, count: 1000))
    for data in [damaged, kernel.prefix(kernel.count / 2), kernel.prefix(600), Data("text".utf8), Data(count: 4096)] {
      let file = try TestFile(data)
      XCTAssertEqual(KernelImage.bootable(file.url.path), file.url.path)
    }
    XCTAssertEqual(KernelImage.bootable("/nonexistent"), "/nonexistent")
  }

  func testHostileImagesAreRefused() {
    var generator = SystemRandomNumberGenerator()
    var header = [UInt8](repeating: 0, count: 4096)
    header.replaceSubrange(0x202..<0x206, with: "HdrS".utf8)
    header[0x207] = 2
    header[0x206] = 0x0F
    for _ in 0..<2000 {
      for place in [0x1F1, 0x248, 0x249, 0x24A, 0x24B, 0x24C, 0x24D, 0x24E, 0x24F] {
        header[place] = UInt8.random(in: .min ... .max, using: &generator)
      }
      header.withUnsafeBytes { bytes in
        if let part = BootImage.payload(of: bytes) { XCTAssertLessThanOrEqual(part.count, bytes.count) }
      }
    }
    var elf: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1] + [UInt8](repeating: 0, count: 506)
    for _ in 0..<20000 {
      for place in 32..<200 { elf[place] = UInt8.random(in: 0...8, using: &generator) == 0 ? 0xFF : 0 }
      elf[64] = 4
      _ = elf.withUnsafeBytes { ELFImage.hasDirectEntry($0) }
      elf.withUnsafeMutableBytes { ELFImage.trimZeros($0) }
    }
  }

  func testOnlyWholePagesOfZerosAtTheEndOfLoadedSegmentsAreTrimmed() {
    let page = 4096
    func kept(_ kind: UInt8, _ size: Int, lastByte: Int?) -> Int {
      var elf = [UInt8](repeating: 0, count: 8 * page)
      elf.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
      (elf[32], elf[54], elf[56], elf[64]) = (64, 56, 1, kind)
      if let lastByte { elf[page + lastByte] = 1 }
      return elf.withUnsafeMutableBytes { bytes in
        bytes.storeBytes(of: UInt64(page), toByteOffset: 64 + 8, as: UInt64.self)
        bytes.storeBytes(of: UInt64(size), toByteOffset: 64 + 32, as: UInt64.self)
        ELFImage.trimZeros(bytes)
        return Int(bytes.load(fromByteOffset: 64 + 32, as: UInt64.self))
      }
    }
    XCTAssertEqual(kept(1, 4 * page, lastByte: nil), 0)
    XCTAssertEqual(kept(1, 4 * page, lastByte: page), 2 * page)
    XCTAssertEqual(kept(1, 4 * page + 100, lastByte: 2 * page), 2 * page + 100)
    XCTAssertEqual(kept(1, 100, lastByte: nil), 100)
    XCTAssertEqual(kept(4, 4 * page, lastByte: nil), 4 * page, "a note is not loaded")
    XCTAssertEqual(kept(1, 7 * page + 1, lastByte: nil), 7 * page + 1, "more than the file has")
  }
}
