import Foundation

/// A stream that the guest records from. (macOS 12)
open class VZVirtioSoundDeviceInputStreamConfiguration: VZVirtioSoundDeviceStreamConfiguration {
  /// Where the sound comes from; nil, the default, is silence.
  public var source: VZAudioInputStreamSource?

  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZVirtioSoundDeviceStreamConfiguration {
    let copy = VZVirtioSoundDeviceInputStreamConfiguration()
    copy.source = source
    return copy
  }
}
