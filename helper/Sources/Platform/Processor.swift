import Foundation

/// The processor of the host.
package enum Processor {
  #if os(Linux)
    /// "AMD EPYC 7B13", where the kernel tells.
    package static var name: String? {
      guard let data = FileManager.default.contents(atPath: "/proc/cpuinfo") else { return nil }
      for line in String(decoding: data, as: UTF8.self).split(separator: "\n") where line.hasPrefix("model name") {
        return line.split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) }
      }
      return nil
    }

    /// Whether this process is translated for a processor that it was not built for.
    package static let isTranslated = false
  #else
    /// "Apple M2 Pro".
    package static var name: String? { text("machdep.cpu.brand_string") }

    /// Whether this process is translated for a processor that it was not built for.
    package static var isTranslated: Bool { number("sysctl.proc_translated") == 1 }

    /// Whether this system is itself the guest of a hypervisor.
    static var isInVirtualMachine: Bool { number("kern.hv_vmm_present") == 1 }

    private static func number(_ name: String) -> Int32? {
      var value: Int32 = 0
      var size = MemoryLayout<Int32>.size
      // Systems that do not know the name say so.
      return sysctlbyname(name, &value, &size, nil, 0) == 0 ? value : nil
    }

    private static func text(_ name: String) -> String? {
      var bytes = [CChar](repeating: 0, count: 256)
      var size = bytes.count
      guard sysctlbyname(name, &bytes, &size, nil, 0) == 0 else { return nil }
      return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  #endif
}
