import Platform
import Virtualization

#if canImport(AppKit)
  import AppKit

  /// Takes pictures of a machine's display. Its functions may be called from any thread.
  ///
  /// The framework shows a display in a view only, so there is one in a window that lies far from every screen. Pictures are
  /// empty until the machine has sent its first frame there.
  package final class DisplayCamera: @unchecked Sendable {  // the field is only used on the main thread
    package typealias Completion = (Result<DisplayPicture, any Error>) -> Void

    /// Why no pictures can be taken; nil when they can.
    package static var problem: String? { GUISession.problem }

    @MainActor private var view: OffscreenView?

    /// - Parameters:
    ///   - index: of the display, of which the framework shows the first only.
    ///   - width: of the display, in pixels.
    ///   - height: of the display, in pixels.
    package init(machine: VZVirtualMachine, display index: Int, width: Int, height: Int) {
      MainThread.perform { [self] in view = OffscreenView(machine: machine, width: width, height: height) }
    }

    /// - Parameter completion: called once, on any thread.
    package func takePicture(_ completion: @escaping Completion) {
      MainThread.perform { [self] in
        guard let picture = view?.takePicture() else {
          return completion(.failure(CocoaError(.featureUnsupported)))
        }
        completion(.success(picture))
      }
    }

    /// Lets go of the machine.
    package func end() {
      MainThread.perform { [self] in
        view?.end()
        view = nil
      }
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
