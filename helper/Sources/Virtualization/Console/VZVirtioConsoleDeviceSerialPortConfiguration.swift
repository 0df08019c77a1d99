import Foundation

/// A serial port on a Virtio console device of its own; a Linux guest calls the first one hvc0. (macOS 11)
open class VZVirtioConsoleDeviceSerialPortConfiguration: VZSerialPortConfiguration {
  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZSerialPortConfiguration {
    let copy = VZVirtioConsoleDeviceSerialPortConfiguration()
    copy.attachment = attachment
    return copy
  }

  override func check() throws {
    try checking("attachment") {
      guard !(attachment is VZSpiceAgentPortAttachment) else {
        throw ConfigurationProblem("A SPICE agent needs a port of a Virtio console device; a serial port has no name.")
      }
    }
    try super.check()
  }
}
