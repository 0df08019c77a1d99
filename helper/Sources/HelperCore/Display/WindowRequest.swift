import HelperProtocol
import HelperWindow
import Platform

/// A window that a client asks for, checked.
struct WindowRequest {
  private let options: WindowOptions

  private static let titleLengths = 1...255
  private static let sizeBounds = 64.0...16384.0

  /// - Parameter field: the param that holds the options; nil when they are params themselves.
  /// - Throws: `invalidParams`.
  init(_ options: WindowOptions, at field: String? = nil) throws {
    let prefix = field.map { $0 + "." } ?? ""
    try Bounds.checkLength(options.title, prefix + "title", Self.titleLengths)
    try Bounds.checkName(options.title, at: "params.\(prefix)title")
    try Self.checkSize(options.width, prefix + "width")
    try Self.checkSize(options.height, prefix + "height")
    self.options = options
  }

  /// Opens the window, in place of one that is open. On the machine's queue.
  ///
  /// - Throws: `deviceNotConfigured` for a machine without a display, `notSupported` where there can be no window.
  func open(_ machine: Machine, _ windows: WindowTable) throws {
    let display = try machine.display(0)
    if let problem = GUISession.problem { throw WireError(.notSupported, problem) }
    let content = MachineWindowContent(
      title: options.title ?? machine.title, width: options.width, height: options.height,
      displayWidth: Double(display.widthInPixels), displayHeight: Double(display.heightInPixels),
      capturesSystemKeys: options.capturesSystemKeys ?? true,
      automaticallyReconfiguresDisplay: options.automaticallyReconfiguresDisplay ?? true)
    windows.open(machine, content, options.closeBehavior ?? .keepRunning)
  }

  private static func checkSize(_ value: Double?, _ name: String) throws {
    guard let value, !sizeBounds.contains(value) else { return }
    throw WireError.invalidParams("params.\(name)", "must be from 64 to 16384 points, not \(value)")
  }
}
