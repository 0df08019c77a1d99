import Foundation

/// Where the sound goes that the guest plays. Use a subclass. (macOS 12)
open class VZAudioOutputStreamSink: NSObject {
  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }
}
