import HelperProtocol

/// Tart's `config.json`, as its `VMConfig` writes it.
extension ForeignMachine {
  private static let tartVersion: UInt64 = 1
  /// What Tart takes where its file says nothing.
  private static let tartDisplay: (width: UInt64, height: UInt64) = (1024, 768)

  static func tart(_ members: ForeignMembers) throws -> ForeignMachine {
    let version = try members.required("version") { try members.number($0, upTo: UInt64(Int64.max)) }
    guard version == tartVersion else {
      throw WireError(
        .notSupported,
        "\(members.path) is in version \(version) of Tart's format, and vzkit knows version \(tartVersion). Update vzkit."
      )
    }
    let system = try members.string("os") ?? "darwin"
    if system == "linux" { throw noMac(members) }
    guard system == "darwin" else { throw members.mistake("os", "darwin or linux") }
    let processor = try members.string("arch") ?? "arm64"
    guard processor == "arm64" else { throw members.mistake("arch", "arm64, which a virtual Mac is") }
    let (display, notes) = try tartDisplay(members)
    return ForeignMachine(
      format: .tart,
      cpuCount: UInt32(try members.required("cpuCount") { try members.number($0, upTo: UInt64(UInt32.max)) }),
      memorySize: try members.required("memorySize") { try members.number($0, upTo: 1 << 53 - 1) },
      hardwareModel: try members.required("hardwareModel", members.data),
      machineIdentifier: try members.required("ecid", members.data),
      macAddress: try members.required("macAddress", members.string), display: display, notes: notes)
  }

  private static func tartDisplay(
    _ members: ForeignMembers
  ) throws -> ((width: UInt32, height: UInt32), notes: [String]) {
    let display = try members.object("display")
    let width = try display?.number("width", upTo: UInt64(UInt16.max)) ?? tartDisplay.width
    let height = try display?.number("height", upTo: UInt64(UInt16.max)) ?? tartDisplay.height
    let isInPixels = try display?.string("unit") == "px"
    let note = "The display's \(width) by \(height) points are taken as pixels."
    return ((UInt32(width), UInt32(height)), isInPixels ? [] : [note])
  }
}
