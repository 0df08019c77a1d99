import Foundation

/// A stream that the guest plays to. (macOS 12)
open class VZVirtioSoundDeviceOutputStreamConfiguration: VZVirtioSoundDeviceStreamConfiguration {
  /// Where the sound goes; nil, the default, drops it.
  public var sink: VZAudioOutputStreamSink?

  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZVirtioSoundDeviceStreamConfiguration {
    let copy = VZVirtioSoundDeviceOutputStreamConfiguration()
    copy.sink = sink
    return copy
  }
}
