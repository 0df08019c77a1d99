import Foundation

/// Boots a Linux kernel straight from a file of the host, without firmware. (macOS 11)
///
/// Valid only with `VZGenericPlatformConfiguration`.
open class VZLinuxBootLoader: VZBootLoader {
  /// The kernel's file.
  public var kernelURL: URL
  /// The kernel's command line, empty by default.
  public var commandLine = ""
  /// The initial RAM disk's file; nil, the default, means none.
  public var initialRamdiskURL: URL?

  /// A boot loader for the kernel at a file URL. The file is looked at by the configuration's `validate()`.
  public init(kernelURL: URL) {
    self.kernelURL = kernelURL
    super.init(base: ())
  }

  override func snapshot() -> VZBootLoader {
    let copy = VZLinuxBootLoader(kernelURL: kernelURL)
    copy.commandLine = commandLine
    copy.initialRamdiskURL = initialRamdiskURL
    return copy
  }

  override func check(in configuration: VZVirtualMachineConfiguration) throws {
    guard configuration.platform is VZGenericPlatformConfiguration else {
      throw ConfigurationProblem("VZLinuxBootLoader needs a VZGenericPlatformConfiguration as platform.")
    }
    try checking("kernelURL") { try requireContent(of: HostFile(role: "kernel", url: kernelURL)) }
    if let initialRamdiskURL {
      try checking("initialRamdiskURL") {
        try requireContent(of: HostFile(role: "initial RAM disk", url: initialRamdiskURL))
      }
    }
    try checking("commandLine") {
      guard !commandLine.utf8.contains(0) else {
        throw ConfigurationProblem("The kernel's command line contains a NUL character.")
      }
    }
  }

  private func requireContent(of file: HostFile) throws {
    guard try file.requireRegularFile(for: .read).st_size > 0 else { throw file.problem("is empty.") }
  }
}
