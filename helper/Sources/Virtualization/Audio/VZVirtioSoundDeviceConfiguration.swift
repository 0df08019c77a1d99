import Foundation

/// A Virtio sound device. (macOS 12)
open class VZVirtioSoundDeviceConfiguration: VZAudioDeviceConfiguration {
  /// The device's streams, none by default.
  public var streams: [VZVirtioSoundDeviceStreamConfiguration] = []

  public init() {
    super.init(base: ())
  }

  override func snapshot() -> VZAudioDeviceConfiguration {
    let copy = VZVirtioSoundDeviceConfiguration()
    copy.streams = streams.map { $0.snapshot() }
    return copy
  }

  override func check() throws {
    // What the stand-in Mac has too.
    if !StandInMac.isEnabled { throw ConfigurationProblem.notRun("sound devices") }
  }
}
