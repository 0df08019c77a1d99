import Foundation

/// The host's microphone. (macOS 12)
open class VZHostAudioInputStreamSource: VZAudioInputStreamSource {
  public init() {
    super.init(base: ())
  }
}
