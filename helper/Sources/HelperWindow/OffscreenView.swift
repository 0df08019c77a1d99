#if canImport(AppKit)
  import AppKit
  import IOSurface
  import Platform
  import Virtualization

  /// The framework's view of a machine in a window that lies far from every screen.
  ///
  /// The window is shown, since for one that never was the framework draws nothing from macOS 26 on.
  @MainActor final class OffscreenView {
    /// In points; beyond the arrangements of screens that macOS allows.
    private static let place = NSPoint(x: -32000, y: -32000)

    private let window: NSWindow
    private let view: VZVirtualMachineView
    private let width: Int
    private let height: Int

    /// - Parameters:
    ///   - width: of the display, in pixels.
    ///   - height: of the display, in pixels.
    init(machine: VZVirtualMachine, width: Int, height: Int) {
      (self.width, self.height) = (width, height)
      let frame = NSRect(x: Self.place.x, y: Self.place.y, width: CGFloat(width), height: CGFloat(height))
      // Borderless: AppKit moves a window with a title bar back onto a screen.
      window = NSWindow(contentRect: frame, styleMask: [.borderless], backing: .buffered, defer: false)
      window.isReleasedWhenClosed = false
      window.isExcludedFromWindowsMenu = true
      window.ignoresMouseEvents = true
      window.collectionBehavior = [.transient, .ignoresCycle]
      view = VZVirtualMachineView(frame: NSRect(x: 0, y: 0, width: CGFloat(width), height: CGFloat(height)))
      window.contentView = view
      view.show(machine)
      // Behind all others and without becoming the one that has the keyboard.
      window.orderBack(nil)
    }

    /// Takes a picture: from the surface that the framework draws into, else by having the view draw itself, which for a
    /// view that the graphics processor draws may be black.
    func takePicture() -> DisplayPicture? {
      switch readSurface() {
      case .success(let image) where !image.isUniform:
        return DisplayPicture(image, isBlank: false, source: .surface)
      case .success(let image):
        if let drawn = draw(because: "its surface has one colour"), !drawn.isBlank { return drawn }
        return DisplayPicture(image, isBlank: true, source: .surface)
      case .failure(let problem): return draw(because: problem.reason)
      }
    }

    func end() {
      view.show(nil)
      window.close()
    }

    // MARK: - From the surface

    private struct Problem: Error {
      let reason: String
    }

    private func readSurface() -> Result<PixelImage, Problem> {
      guard let surface = Self.surface(below: view) else { return .failure(Problem(reason: "it has no surface")) }
      guard let format = PixelFormat(code: surface.pixelFormat) else {
        return .failure(Problem(reason: "its surface has the format \(PixelFormat.name(of: surface.pixelFormat))"))
      }
      guard surface.lock(options: .readOnly, seed: nil) == 0 else {
        return .failure(Problem(reason: "its surface cannot be read"))
      }
      defer { surface.unlock(options: .readOnly, seed: nil) }
      let bytes = UnsafeRawBufferPointer(start: surface.baseAddress, count: surface.allocationSize)
      let image = PixelImage(
        frame: bytes, width: surface.width, height: surface.height, bytesPerRow: surface.bytesPerRow, format: format)
      guard let image else { return .failure(Problem(reason: "its surface is too small for its size")) }
      return .success(image)
    }

    /// The view draws nothing itself: a view inside it has a layer whose contents are the surface.
    private static func surface(below view: NSView) -> IOSurface? {
      for inner in view.subviews {
        if let surface = inner.layer?.contents as? IOSurface ?? surface(below: inner) { return surface }
      }
      return nil
    }

    // MARK: - From the view

    private func draw(because reason: String) -> DisplayPicture? {
      guard
        let bitmap = NSBitmapImageRep(
          bitmapDataPlanes: nil, pixelsWide: width, pixelsHigh: height, bitsPerSample: 8, samplesPerPixel: 4,
          hasAlpha: true, isPlanar: false, colorSpaceName: .deviceRGB, bytesPerRow: 0, bitsPerPixel: 0)
      else { return nil }
      // One point of the view a pixel, whatever the screen's density is.
      bitmap.size = view.bounds.size
      view.cacheDisplay(in: view.bounds, to: bitmap)
      guard let data = bitmap.bitmapData else { return nil }
      let bytes = UnsafeRawBufferPointer(start: data, count: bitmap.bytesPerRow * bitmap.pixelsHigh)
      let image = PixelImage(
        frame: bytes, width: bitmap.pixelsWide, height: bitmap.pixelsHigh, bytesPerRow: bitmap.bytesPerRow,
        format: .rgba)
      return image.map { DisplayPicture($0, isBlank: $0.isUniform, source: .view(reason)) }
    }
  }
#endif
