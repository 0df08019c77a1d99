import HelperProtocol
import Platform

/// A version of macOS to be installed, beside that of the host.
struct HostMatch {
  let guest: MacHost.Version
  var host = MacHost.version

  /// - Throws: `WireError` of kind `installationRequiresUpdate` when the host is older by a major version.
  func requireMajor() throws {
    guard guest.major > host.major else { return }
    throw WireError(
      .installationRequiresUpdate,
      "macOS \(guest) is newer than the host's macOS \(host), which cannot install it. "
        + "Update the host or use a restore image of macOS \(host.major) or older.")
  }

  /// What to tell before an installation; nil when guest and host fit.
  var warning: RestoreImagePreflightWarning? {
    guard guest > host else { return nil }
    return RestoreImagePreflightWarning(
      kind: .newerMinorVersion,
      message:
        "macOS \(guest) is newer than the host's macOS \(host). Some such installations work, others fail when most "
        + "of it is done. \(remedy)")
  }

  /// A failed installation, with the difference of the versions where that is the likely cause.
  func explain(_ error: WireError) -> WireError {
    guard error.kind == .installationFailed, guest > host else { return error }
    var error = error
    error.message +=
      " The restore image is of macOS \(guest), and the host has the older macOS \(host), which may be why. \(remedy)"
    return error
  }

  private var remedy: String {
    "Update the host to macOS \(guest) or newer, or use a restore image of macOS \(host) or older."
  }
}
