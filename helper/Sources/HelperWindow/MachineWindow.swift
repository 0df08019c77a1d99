import Virtualization

#if canImport(AppKit)
  import AppKit

  /// A window on a machine. Its functions may be called from any thread.
  package final class MachineWindow: @unchecked Sendable {  // the field is only used on the main thread
    @MainActor private var controller: WindowController?

    /// Opens the window. Ask `GUISession.problem` before.
    ///
    /// - Parameter shouldClose: a person wants to close the window; whether it closes. Called on the main thread.
    package init(machine: VZVirtualMachine, options: MachineWindowContent, shouldClose: @escaping () -> Bool) {
      MainThread.perform { [self] in
        controller = WindowController(machine: machine, options: options, shouldClose: shouldClose)
      }
    }

    /// Closes it without asking anybody. Doing it twice is fine.
    package func close() {
      MainThread.perform { [self] in
        controller?.close()
        controller = nil
      }
    }
  }

  @MainActor private final class WindowController: NSObject, NSWindowDelegate {
    /// Kept here while their windows are open, whoever else lets go of them. The icon is in the Dock while there are any.
    private static var open: Set<WindowController> = []

    private let window: NSWindow
    private let view = VZVirtualMachineView()
    private let shouldClose: () -> Bool

    init(machine: VZVirtualMachine, options: MachineWindowContent, shouldClose: @escaping () -> Bool) {
      self.shouldClose = shouldClose
      window = NSWindow(
        contentRect: Self.contentRect(options),
        styleMask: [.titled, .closable, .miniaturizable, .resizable], backing: .buffered, defer: false)
      super.init()
      // The controller holds it.
      window.isReleasedWhenClosed = false
      window.title = options.title
      window.delegate = self
      view.capturesSystemKeys = options.capturesSystemKeys
      if #available(macOS 14, *) { view.automaticallyReconfiguresDisplay = options.automaticallyReconfiguresDisplay }
      view.show(machine)
      window.contentView = view
      show()
    }

    private static func contentRect(_ options: MachineWindowContent) -> NSRect {
      let screen = NSScreen.main
      let scale = screen?.backingScaleFactor ?? 1
      let room = screen?.visibleFrame.size ?? NSSize(width: 1024, height: 768)
      // The height leaves a place for the title bar.
      let width = options.width ?? min(options.displayWidth / scale, room.width)
      let height = options.height ?? min(options.displayHeight / scale, room.height - 32)
      return NSRect(x: 0, y: 0, width: width, height: height)
    }

    private func show() {
      Self.open.insert(self)
      NSApplication.shared.setActivationPolicy(.regular)
      window.center()
      window.makeKeyAndOrderFront(nil)
      window.makeFirstResponder(view)
      NSApplication.shared.activate(ignoringOtherApps: true)
    }

    func windowShouldClose(_ sender: NSWindow) -> Bool { shouldClose() }

    func windowWillClose(_ notification: Notification) { letGo() }

    func close() {
      letGo()
      window.close()
    }

    /// Takes the view off the machine and the icon out of the Dock.
    private func letGo() {
      view.show(nil)
      window.delegate = nil
      // Later: the window is in the middle of closing, and must not go meanwhile.
      DispatchQueue.main.async {
        MainActor.assumeIsolated {
          Self.open.remove(self)
          if Self.open.isEmpty { NSApplication.shared.setActivationPolicy(.accessory) }
        }
      }
    }
  }
#else
  /// A window on a machine, which `GUISession.problem` denies on this system.
  package final class MachineWindow: Sendable {
    package init(machine: VZVirtualMachine, options: MachineWindowContent, shouldClose: @escaping () -> Bool) {
      preconditionFailure("asked for what GUISession.problem denies")
    }

    package func close() {}
  }
#endif
