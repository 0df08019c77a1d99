import Foundation

/// Connects a console port to the guest's SPICE agent, which exchanges the clipboard with the host. (macOS 13)
///
/// On a Linux host QEMU answers the agent, but has no window and so no clipboard to exchange.
///
/// The port's name must be `spiceAgentPortName`, and it must not be a console.
open class VZSpiceAgentPortAttachment: VZSerialPortAttachment {
  /// Whether the clipboard is exchanged; true by default.
  public var sharesClipboard = true

  /// The name by which the guest's agent finds its port.
  public class var spiceAgentPortName: String { "com.redhat.spice.0" }

  public init() {
    super.init(base: ())
  }

  override func check() throws {}
}
