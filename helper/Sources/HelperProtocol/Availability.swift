/// From which macOS and on which processor something exists, and whether the Linux module has it.
public struct Availability: Equatable, Sendable {
  public enum LinuxSupport: Equatable, Sendable {
    case yes
    case no
    /// A sentence that says why not, or what differs.
    case note(String)
  }

  /// The first macOS that has it, such as "13.0".
  public let macOS: String?
  /// The only processor of a Mac that has it: "arm64" or "x86_64".
  public let architecture: String?
  public let linux: LinuxSupport?

  public init(macOS: String? = nil, architecture: String? = nil, linux: LinuxSupport? = nil) {
    self.macOS = macOS
    self.architecture = architecture
    self.linux = linux
  }
}
