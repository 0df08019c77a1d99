/// Whether Rosetta can run in Linux guests of this host. (macOS 13)
public enum VZLinuxRosettaAvailability: Int, Sendable {
  /// This host has no Rosetta.
  case notSupported = 0
  /// Rosetta can be installed.
  case notInstalled = 1
  /// Rosetta is there.
  case installed = 2
}
