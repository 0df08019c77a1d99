import HelperProtocol

/// What matters where QEMU runs the guests.
extension HostFindings {
  var accelerator: HostFact {
    guard hypervisor.problem == nil else {
      return .notApplicable(.accelerator, "Nothing runs guests here, so nothing executes their instructions.")
    }
    let reason = hypervisor.acceleratorReason
    switch hypervisor.accelerator {
    case "hardware": return .ok(.accelerator, reason)
    case "kvm": return .ok(.accelerator, "KVM: \(reason)")
    default:
      return .warning(
        .accelerator, "Every guest instruction is translated (TCG), tens of times slower than KVM: \(reason)",
        remedy: hypervisor.acceleratorRemedy ?? "Use a host with KVM.")
    }
  }

  var qemu: HostFact {
    if hypervisor.isFramework { return .notApplicable(.qemu, "The framework runs the guests itself.") }
    if let problem = hypervisor.problem { return .problem(.qemu, problem.finding, remedy: problem.remedy) }
    return .ok(
      .qemu, "QEMU \(hypervisor.version ?? "of an unknown version") at \(hypervisor.path ?? "an unknown path").")
  }

  var virtiofsd: HostFact {
    if hypervisor.isFramework { return .notApplicable(.virtiofsd, "The framework shares folders itself.") }
    if let problem = hypervisor.sharingProblem {
      return .warning(.virtiofsd, "Folders cannot be shared with guests: \(problem.finding)", remedy: problem.remedy)
    }
    return .ok(
      .virtiofsd,
      "virtiofsd \(hypervisor.sharingVersion ?? "of an unknown version") at \(hypervisor.sharingPath ?? "an unknown path")."
    )
  }
}
