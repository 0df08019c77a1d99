import Virtualization
import XCTest

/// Apple's rules for families of devices hold before it is asked whether this host can run them.
final class DeviceFamilyRulesTests: ConfigurationTestCase {
  func testAGraphicsDeviceHasOneScanoutOfASaneSize() throws {
    let device = VZVirtioGraphicsDeviceConfiguration()
    let scanout = VZVirtioGraphicsScanoutConfiguration(widthInPixels: 1024, heightInPixels: 768)
    device.scanouts = [scanout, scanout]
    try assertInvalid("graphicsDevices[0].scanouts[1]") { $0.graphicsDevices = [device] }
    for (width, height, place) in [(0, 768, "widthInPixels"), (1024, -1, "heightInPixels"), (.max, 1, "widthInPixels")]
    {
      device.scanouts = [VZVirtioGraphicsScanoutConfiguration(widthInPixels: width, heightInPixels: height)]
      try assertInvalid("graphicsDevices[0].scanouts[0].\(place)") { $0.graphicsDevices = [device] }
    }
  }

  func testNetworkBlockDeviceURLsAreCheckedByTheirForm() throws {
    for text in [
      "nbd://localhost", "nbd://localhost:10809/disk", "NBDS://[::1]/disk", "nbd+unix:///disk?socket=/tmp/nbd.sock",
    ] {
      XCTAssertNoThrow(
        try VZNetworkBlockDeviceStorageDeviceAttachment.validate(XCTUnwrap(URL(string: text))), text)
    }
    for text in ["http://localhost/disk", "nbd:///disk", "nbd+unix:///disk", "nbd+unix:///?socket=", "disk", "/disk"] {
      assertThrows(.invalidVirtualMachineConfiguration) {
        try VZNetworkBlockDeviceStorageDeviceAttachment.validate(XCTUnwrap(URL(string: text)))
      }
    }
    let url = try XCTUnwrap(URL(string: "nbd://localhost"))
    for timeout in [0, -1, TimeInterval.infinity, .nan] {
      assertThrows(.invalidVirtualMachineConfiguration, "timeout") {
        _ = try VZNetworkBlockDeviceStorageDeviceAttachment(
          url: url, timeout: timeout, isForcedReadOnly: false, synchronizationMode: .full)
      }
    }
  }

  func testABlockDeviceHandleIsABlockDevice() throws {
    let file = try FileHandle(forUpdating: try temporary.file("disk.img"))
    assertThrows(.invalidVirtualMachineConfiguration, "not a block device") {
      _ = try VZDiskBlockDeviceStorageDeviceAttachment(fileHandle: file, readOnly: true, synchronizationMode: .full)
    }
  }

  func testAUSBDiskKeepsItsIdentityInACopy() throws {
    let attachment = try disk("disk.img").attachment
    let stick = VZUSBMassStorageDeviceConfiguration(attachment: attachment)
    XCTAssertNotEqual(stick.uuid, VZUSBMassStorageDeviceConfiguration(attachment: attachment).uuid)
    let controller = VZXHCIControllerConfiguration()
    controller.usbDevices = [stick]
    let copy = try XCTUnwrap(controller.copy() as? VZXHCIControllerConfiguration)
    XCTAssertEqual(copy.usbDevices.first?.uuid, stick.uuid)
    let saved = stick.uuid
    stick.uuid = UUID()
    XCTAssertEqual(copy.usbDevices.first?.uuid, saved)
  }

  func testAMissingDiskOfAUSBControllerIsNamedWithItsPlace() throws {
    let controller = VZXHCIControllerConfiguration()
    controller.usbDevices = [VZUSBMassStorageDeviceConfiguration(attachment: try disk("stick.img").attachment)]
    try FileManager.default.removeItem(at: temporary.url.appendingPathComponent("stick.img"))
    try assertInvalid("usbControllers[0].usbDevices[0].attachment", code: .invalidDiskImage) {
      $0.usbControllers = [controller]
    }
  }

  func testStreamsAndScanoutsAreCopied() throws {
    let sound = VZVirtioSoundDeviceConfiguration()
    let output = VZVirtioSoundDeviceOutputStreamConfiguration()
    output.sink = VZHostAudioOutputStreamSink()
    let input = VZVirtioSoundDeviceInputStreamConfiguration()
    input.source = VZHostAudioInputStreamSource()
    sound.streams = [output, input]
    let graphics = VZVirtioGraphicsDeviceConfiguration()
    graphics.scanouts = [VZVirtioGraphicsScanoutConfiguration(widthInPixels: 800, heightInPixels: 600)]
    let soundCopy = try XCTUnwrap(sound.copy() as? VZVirtioSoundDeviceConfiguration)
    let graphicsCopy = try XCTUnwrap(graphics.copy() as? VZVirtioGraphicsDeviceConfiguration)
    output.sink = nil
    graphics.scanouts[0].widthInPixels = 1
    XCTAssertNotNil((soundCopy.streams[0] as? VZVirtioSoundDeviceOutputStreamConfiguration)?.sink)
    XCTAssertNotNil((soundCopy.streams[1] as? VZVirtioSoundDeviceInputStreamConfiguration)?.source)
    XCTAssertEqual(graphicsCopy.scanouts[0].widthInPixels, 800)
  }
}
