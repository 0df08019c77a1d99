import Foundation

/// The host's loudspeaker. (macOS 12)
open class VZHostAudioOutputStreamSink: VZAudioOutputStreamSink {
  public init() {
    super.init(base: ())
  }
}
