import Foundation

/// A broken rule, found by a part of a configuration that does not know where in the configuration it sits.
///
/// Every level that knows more puts its name in front (`in("attachment")`, then `in("storageDevices[1]")`), so that the
/// error a user reads names the place exactly.
struct ConfigurationProblem: Error {
  var code: VZError.Code = .invalidVirtualMachineConfiguration
  var path = ""
  var reason: String
  var suggestion: String?
  var underlying: (any Error)?

  init(
    _ reason: String, code: VZError.Code = .invalidVirtualMachineConfiguration, suggestion: String? = nil,
    underlying: (any Error)? = nil
  ) {
    self.code = code
    self.reason = reason
    self.suggestion = suggestion
    self.underlying = underlying
  }

  /// What this host cannot do, though the configuration follows the framework's rules.
  static func notSupported(_ reason: String, suggestion: String? = nil) -> ConfigurationProblem {
    ConfigurationProblem(reason, code: .notSupported, suggestion: suggestion)
  }

  /// A device that the rules allow and that this module has no counterpart for.
  static func notRun(_ devices: String) -> ConfigurationProblem {
    notSupported("This version cannot run \(devices) on a Linux host.")
  }

  func `in`(_ place: String) -> ConfigurationProblem {
    var problem = self
    problem.path = path.isEmpty || path.hasPrefix("[") ? place + path : "\(place).\(path)"
    return problem
  }

  var vzError: VZError {
    let placedReason = path.isEmpty ? reason : "\(path): \(reason)"
    return VZError(code, reason: placedReason, suggestion: suggestion, underlying: underlying)
  }
}

/// Runs the checks of one part and puts the part's name in front of what they find.
func checking(_ place: String, _ check: () throws -> Void) throws {
  do {
    try check()
  } catch let problem as ConfigurationProblem {
    throw problem.in(place)
  }
}

/// Runs checks on behalf of a public function, which throws what they find as a `VZError`.
func throwingVZError<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let problem as ConfigurationProblem {
    throw problem.vzError
  }
}
