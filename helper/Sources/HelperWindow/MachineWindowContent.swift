/// How a window on a machine looks and works.
package struct MachineWindowContent {
  package var title: String
  /// Size of the content in points; that of the display when nil.
  package var width: Double?
  package var height: Double?
  /// The size of the machine's display in pixels.
  package var displayWidth: Double
  package var displayHeight: Double
  package var capturesSystemKeys: Bool
  /// Has an effect from macOS 14 on.
  package var automaticallyReconfiguresDisplay: Bool

  package init(
    title: String, width: Double?, height: Double?, displayWidth: Double, displayHeight: Double,
    capturesSystemKeys: Bool, automaticallyReconfiguresDisplay: Bool
  ) {
    self.title = title
    self.width = width
    self.height = height
    self.displayWidth = displayWidth
    self.displayHeight = displayHeight
    self.capturesSystemKeys = capturesSystemKeys
    self.automaticallyReconfiguresDisplay = automaticallyReconfiguresDisplay
  }
}
