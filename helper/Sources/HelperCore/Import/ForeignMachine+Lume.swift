import HelperProtocol

/// Lume's `config.json`, as its `VMConfig` writes it.
extension ForeignMachine {
  static func lume(_ members: ForeignMembers) throws -> ForeignMachine {
    let system = try members.required("os", members.string).lowercased()
    if system == "linux" { throw noMac(members) }
    guard system == "macos" else { throw members.mistake("os", "macOS or linux") }
    var notes: [String] = []
    if let mode = try members.string("networkMode"), mode != "nat" {
      notes.append("The network was \(mode.prefix(64)); the bundle's is behind NAT.")
    }
    return ForeignMachine(
      format: .lume,
      cpuCount: UInt32(try members.required("cpuCount") { try members.number($0, upTo: UInt64(UInt32.max)) }),
      memorySize: try members.required("memorySize") { try members.number($0, upTo: 1 << 53 - 1) },
      hardwareModel: try members.required("hardwareModel", members.data),
      machineIdentifier: try members.required("machineIdentifier", members.data),
      macAddress: try members.string("macAddress"), display: try lumeDisplay(members), notes: notes)
  }

  /// "1024x768".
  private static func lumeDisplay(_ members: ForeignMembers) throws -> (width: UInt32, height: UInt32) {
    let text = try members.required("display", members.string)
    let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { UInt16($0) ?? 0 }
    guard parts.count == 2, parts[0] > 0, parts[1] > 0 else {
      throw members.mistake("display", "a width and a height such as 1024x768")
    }
    return (UInt32(parts[0]), UInt32(parts[1]))
  }
}
