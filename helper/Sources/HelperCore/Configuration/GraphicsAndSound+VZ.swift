import HelperProtocol
import Platform
import Virtualization

extension ConfigurationBuilder {
  private static let defaultPixelsPerInch: UInt32 = 80

  func graphicsDevice(
    _ wire: GraphicsDevice, _ index: Int, at field: String
  ) throws -> (VZGraphicsDeviceConfiguration, GraphicsDevice) {
    switch wire {
    case .mac(var wire):
      for index in wire.displays.indices {
        wire.displays[index].pixelsPerInch = wire.displays[index].pixelsPerInch ?? Self.defaultPixelsPerInch
      }
      let displays = wire.displays.map {
        MacDisplaySize(
          width: $0.widthInPixels, height: $0.heightInPixels,
          pixelsPerInch: $0.pixelsPerInch ?? Self.defaultPixelsPerInch)
      }
      return (try onAppleSilicon(field) { try MacDevices.graphics(displays: displays) }, .mac(wire))
    case .virtio(let virtio):
      let device = VZVirtioGraphicsDeviceConfiguration()
      device.scanouts = virtio.scanouts.map {
        VZVirtioGraphicsScanoutConfiguration(
          widthInPixels: Int($0.widthInPixels), heightInPixels: Int($0.heightInPixels))
      }
      return (device, wire)
    }
  }

  func audioDevice(
    _ wire: AudioDevice, _ index: Int, at field: String
  ) throws -> (VZAudioDeviceConfiguration, AudioDevice) {
    switch wire {
    case .virtioSound(var wire):
      (wire.output, wire.input) = (wire.output ?? true, wire.input ?? false)
      let device = VZVirtioSoundDeviceConfiguration()
      if wire.output == true {
        let stream = VZVirtioSoundDeviceOutputStreamConfiguration()
        stream.sink = VZHostAudioOutputStreamSink()
        device.streams.append(stream)
      }
      if wire.input == true {
        let stream = VZVirtioSoundDeviceInputStreamConfiguration()
        stream.source = VZHostAudioInputStreamSource()
        device.streams.append(stream)
      }
      return (device, .virtioSound(wire))
    }
  }
}
