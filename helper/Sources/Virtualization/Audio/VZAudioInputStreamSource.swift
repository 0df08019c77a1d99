import Foundation

/// Where the sound comes from that the guest records. Use a subclass. (macOS 12)
open class VZAudioInputStreamSource: NSObject {
  /// Stands in for the bare `init()`, which callers must not have.
  init(base: ()) {
    super.init()
  }
}
