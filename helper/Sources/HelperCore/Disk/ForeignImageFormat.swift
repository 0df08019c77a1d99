import Foundation

/// Formats of files that people take for raw disk images, and the marks by which they are known. A file is of the first
/// that fits: what is inside of a DMG may begin like a packed file.
enum ForeignImageFormat: CaseIterable {
  case asif, vmdk, vhdx, vhd, qcow2, qed, vdi, parallels, appleDiskImage, appleSparseImage
  case gzip, xz, zstandard, lz4, bzip2, zip, sevenZip

  /// Bytes at a place of the file; a negative offset counts from its end.
  struct Mark {
    let offset: off_t
    let bytes: [UInt8]

    init(_ bytes: [UInt8], at offset: off_t = 0) {
      self.bytes = bytes
      self.offset = offset
    }

    init(_ text: String, at offset: off_t = 0) { self.init(Array(text.utf8), at: offset) }
  }

  var name: String {
    switch self {
    case .asif: return "ASIF"
    case .vmdk: return "VMDK"
    case .vhdx: return "VHDX"
    case .vhd: return "VHD"
    case .qcow2: return "QCOW2"
    case .qed: return "QED"
    case .vdi: return "VDI"
    case .parallels: return "Parallels"
    case .appleDiskImage: return "DMG"
    case .appleSparseImage: return "sparse image"
    case .gzip: return "gzip"
    case .xz: return "xz"
    case .zstandard: return "zstd"
    case .lz4: return "LZ4"
    case .bzip2: return "bzip2"
    case .zip: return "zip"
    case .sevenZip: return "7z"
    }
  }

  var marks: [Mark] {
    switch self {
    case .asif: return [Mark("shdw")]
    case .vmdk: return [Mark("KDMV"), Mark("COWD"), Mark("# Disk DescriptorFile")]
    case .vhdx: return [Mark("vhdxfile")]
    // One of a fixed size has its mark in the last sector only.
    case .vhd: return [Mark("conectix"), Mark("conectix", at: -512)]
    case .qcow2: return [Mark(Array("QFI".utf8) + [0xfb])]
    case .qed: return [Mark(Array("QED".utf8) + [0])]
    case .vdi: return [Mark([0x7f, 0x10, 0xda, 0xbe], at: 64)]
    case .parallels: return [Mark("WithoutFreeSpace"), Mark("WithouFreSpacExt")]
    case .appleDiskImage: return [Mark("koly", at: -512)]
    case .appleSparseImage: return [Mark("sprs")]
    case .gzip: return [Mark([0x1f, 0x8b, 8])]
    case .xz: return [Mark([0xfd] + Array("7zXZ".utf8) + [0])]
    case .zstandard: return [Mark([0x28, 0xb5, 0x2f, 0xfd])]
    case .lz4: return [Mark([0x04, 0x22, 0x4d, 0x18])]
    case .bzip2: return (1...9).map { Mark("BZh\($0)1AY&SY") }
    case .zip: return [Mark("PK\u{3}\u{4}")]
    case .sevenZip: return [Mark([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c])]
    }
  }

  /// Whether Apple's framework opens such a file as the disk that is in it, rather than taking its bytes for a disk.
  var isApples: Bool { [.asif, .appleDiskImage, .appleSparseImage].contains(self) }

  /// What to do with such a file.
  var advice: String {
    switch self {
    case .gzip: return "Unpack it first, for example with: gzip -dc SOURCE > TARGET"
    case .xz: return "Unpack it first, for example with: xz -dc SOURCE > TARGET"
    case .zstandard: return "Unpack it first, for example with: zstd -d SOURCE -o TARGET"
    case .lz4: return "Unpack it first, for example with: lz4 -d SOURCE TARGET"
    case .bzip2: return "Unpack it first, for example with: bzip2 -dc SOURCE > TARGET"
    case .zip: return "Unpack it first, for example with: unzip SOURCE"
    case .sevenZip: return "Unpack it first, for example with: 7z x SOURCE"
    case .appleSparseImage: return "Convert it on a Mac: hdiutil convert SOURCE -format UDTO -o TARGET"
    default: return "Convert it, for example with: qemu-img convert -O raw SOURCE TARGET"
    }
  }
}
