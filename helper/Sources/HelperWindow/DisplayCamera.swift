import Platform
import Virtualization

#if canImport(AppKit)
  import AppKit

  /// Takes pictures of a machine's display. Its functions may be called from any thread.
  ///
  /// The framework shows a display in a view only, so there is one in a window that never comes onto the screen. Pictures are
  /// empty until the machine has sent its first frame there.
  package final class DisplayCamera: @unchecked Sendable {  // the field is only used on the main thread
    package typealias Completion = (Result<DisplayPicture, any Error>) -> Void

    /// Why no pictures can be taken; nil when they can.
    package static var problem: String? { GUISession.problem }

    @MainActor private var darkroom: Darkroom?

    /// - Parameters:
    ///   - index: of the display, of which the framework shows the first only.
    ///   - width: of the display, in pixels.
    ///   - height: of the display, in pixels.
    package init(machine: VZVirtualMachine, display index: Int, width: Int, height: Int) {
      MainThread.perform { [self] in darkroom = Darkroom(machine: machine, width: width, height: height) }
    }

    /// - Parameter completion: called once, on any thread.
    package func takePicture(_ completion: @escaping Completion) {
      MainThread.perform { [self] in
        guard let picture = darkroom?.takePicture() else {
          return completion(.failure(CocoaError(.featureUnsupported)))
        }
        completion(.success(picture))
      }
    }

    /// Lets go of the machine.
    package func end() {
      MainThread.perform { [self] in
        darkroom?.end()
        darkroom = nil
      }
    }
  }

  @MainActor private final class Darkroom {
    private let window: NSWindow
    private let view: VZVirtualMachineView
    private let width: Int
    private let height: Int

    init(machine: VZVirtualMachine, width: Int, height: Int) {
      (self.width, self.height) = (width, height)
      let frame = NSRect(x: 0, y: 0, width: width, height: height)
      window = NSWindow(contentRect: frame, styleMask: [.titled], backing: .buffered, defer: false)
      window.isReleasedWhenClosed = false
      view = VZVirtualMachineView(frame: frame)
      window.contentView = view
      view.show(machine)
    }

    func takePicture() -> DisplayPicture? {
      guard
        let bitmap = NSBitmapImageRep(
          bitmapDataPlanes: nil, pixelsWide: width, pixelsHigh: height, bitsPerSample: 8, samplesPerPixel: 4,
          hasAlpha: true, isPlanar: false, colorSpaceName: .deviceRGB, bytesPerRow: 0, bitsPerPixel: 0)
      else { return nil }
      // One point of the view a pixel, whatever the screen's density is.
      bitmap.size = view.bounds.size
      view.cacheDisplay(in: view.bounds, to: bitmap)
      return DisplayPicture(width: width, height: height, isBlank: Self.isUniform(bitmap)) {
        guard let png = bitmap.representation(using: .png, properties: [:]) else {
          throw CocoaError(.fileWriteUnknown)
        }
        return [UInt8](png)
      }
    }

    private static func isUniform(_ bitmap: NSBitmapImageRep) -> Bool {
      guard let bytes = bitmap.bitmapData else { return true }
      let pixelLength = bitmap.bitsPerPixel / 8
      for row in 0..<bitmap.pixelsHigh {
        let start = bytes + row * bitmap.bytesPerRow
        // What does not change when it is moved by one pixel, and is as the first row, has one colour.
        if memcmp(start, start + pixelLength, (bitmap.pixelsWide - 1) * pixelLength) != 0 { return false }
        if memcmp(start, bytes, pixelLength) != 0 { return false }
      }
      return true
    }

    func end() {
      view.show(nil)
      window.close()
    }
  }
#else
  /// Takes pictures of a machine's display. Its functions may be called from any thread.
  package final class DisplayCamera: @unchecked Sendable {  // the fields are constants
    package typealias Completion = (Result<DisplayPicture, any Error>) -> Void

    /// Why no pictures can be taken; nil when they can.
    package static let problem: String? = nil

    private let machine: VZVirtualMachine
    private let index: Int

    package init(machine: VZVirtualMachine, display index: Int, width: Int, height: Int) {
      (self.machine, self.index) = (machine, index)
    }

    /// - Parameter completion: called once, on any thread.
    package func takePicture(_ completion: @escaping Completion) {
      DisplayPicture.take(ofDisplay: index, of: machine, completion)
    }

    /// Lets go of the machine.
    package func end() {}
  }
#endif
