import Foundation

/// One port of a Virtio console device. (macOS 13)
open class VZVirtioConsolePortConfiguration: VZConsolePortConfiguration {
  /// The name by which the guest finds the port; nil, the default, means none.
  public var name: String?
  /// Whether the guest may use the port as a console; false by default.
  public var isConsole = false

  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZVirtioConsolePortConfiguration {
    let copy = VZVirtioConsolePortConfiguration()
    copy.attachment = attachment
    copy.name = name
    copy.isConsole = isConsole
    return copy
  }

  override func check() throws {
    try checking("name") {
      guard name?.utf8.contains(0) != true else {
        throw ConfigurationProblem("The port's name contains a NUL character.")
      }
    }
    if attachment is VZSpiceAgentPortAttachment { try checkAgentPort() }
    try super.check()
  }

  private func checkAgentPort() throws {
    let wanted = VZSpiceAgentPortAttachment.spiceAgentPortName
    try checking("name") {
      guard name == wanted else {
        throw ConfigurationProblem("The port of a SPICE agent must have the name \(wanted).")
      }
    }
    try checking("isConsole") {
      guard !isConsole else { throw ConfigurationProblem("The port of a SPICE agent cannot be a console.") }
    }
  }
}
