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
  /// What to do for a faster one, in a sentence; nil when it is the fastest.
  var remedy: String?

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
        return Accelerator(
          kind: .tcg, reason: "VZKIT_ACCELERATOR is “\(override)”, which is neither tcg nor kvm.", remedy: unset)
      }
      return Accelerator(kind: kind, reason: "VZKIT_ACCELERATOR asks for it.", remedy: kind == .tcg ? unset : nil)
    }
    let needed = HostArchitecture.current.virtualizationFlags
    if !needed.isEmpty, needed.isDisjoint(with: processorFlags()) {
      let names = needed.sorted().joined(separator: " nor ")
      return Accelerator(
        kind: .tcg, reason: "The processor offers no virtualization (neither \(names) in /proc/cpuinfo).",
        remedy: "Turn virtualization on in the firmware or, where the host is a virtual machine, nested virtualization."
      )
    }
    if moduleExists("kvm_pvm") {
      return Accelerator(
        kind: .tcg, reason: "The host's KVM is the PVM kind, which cannot run ordinary guests.",
        remedy: "Use a host with nested virtualization by the processor.")
    }
    if let problem = probe() { return Accelerator(kind: .tcg, reason: problem, remedy: openDevice) }
    return Accelerator(kind: .kvm, reason: "/dev/kvm works.")
  }

  private static let unset = "Unset VZKIT_ACCELERATOR to have the fastest that works."
  private static let openDevice =
    "Load the module kvm_intel or kvm_amd and let this user open /dev/kvm: usermod -aG kvm USER, then log in again."

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
