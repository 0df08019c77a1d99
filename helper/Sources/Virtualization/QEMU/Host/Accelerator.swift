import CVirtualization
import Foundation

/// How QEMU executes guest code.
struct Accelerator: Equatable {
  enum Kind: String {
    case kvm, tcg
  }

  let kind: Kind
  /// Why this one, in a sentence.
  let reason: String

  /// Decided once: neither the host's processor nor its kernel changes under a running process.
  static let host = decide(
    override: ProcessInfo.processInfo.environment["VZKIT_ACCELERATOR"],
    processorFlags: { processorFlags() },
    moduleExists: { access("/sys/module/\($0)", F_OK) == 0 },
    probe: { describeProbe() })

  /// A KVM that opens and creates machines may still hang every real guest (PVM does): the hardware's own flag and the
  /// absence of that module are what tell.
  static func decide(
    override: String?, processorFlags: () -> Set<String>, moduleExists: (String) -> Bool, probe: () -> String?
  ) -> Accelerator {
    if let override, !override.isEmpty {
      guard let kind = Kind(rawValue: override) else {
        return Accelerator(kind: .tcg, reason: "VZKIT_ACCELERATOR is “\(override)”, which is neither tcg nor kvm.")
      }
      return Accelerator(kind: kind, reason: "VZKIT_ACCELERATOR asks for it.")
    }
    let needed = HostArchitecture.current.virtualizationFlags
    if !needed.isEmpty, needed.isDisjoint(with: processorFlags()) {
      let names = needed.sorted().joined(separator: " nor ")
      return Accelerator(
        kind: .tcg, reason: "The processor offers no virtualization (neither \(names) in /proc/cpuinfo).")
    }
    if moduleExists("kvm_pvm") {
      return Accelerator(kind: .tcg, reason: "The host's KVM is the PVM kind, which cannot run ordinary guests.")
    }
    if let problem = probe() { return Accelerator(kind: .tcg, reason: problem) }
    return Accelerator(kind: .kvm, reason: "/dev/kvm works.")
  }

  private static func describeProbe() -> String? {
    let result = vz_kvm_probe()
    let cause = String(cString: strerror(errno))
    switch result {
    case VZ_KVM_USABLE: return nil
    case VZ_KVM_NO_DEVICE: return "/dev/kvm cannot be opened: \(cause)."
    case VZ_KVM_WRONG_VERSION: return "/dev/kvm speaks an unknown version."
    default: return "/dev/kvm cannot create a machine: \(cause)."
    }
  }

  private static func processorFlags() -> Set<String> {
    guard let data = FileManager.default.contents(atPath: "/proc/cpuinfo") else { return [] }
    // All processors of a host have the same flags as far as this matters.
    let line = data.split(separator: 0x0A).first { $0.starts(with: "flags".utf8) } ?? Data()
    return Set(String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
