import Virtualization
import XCTest

/// The runtime objects of displays.
final class DisplayRulesTests: ConfigurationTestCase {
  private func machine(_ device: VZGraphicsDeviceConfiguration...) throws -> VZVirtualMachine {
    let configuration = try validConfiguration()
    configuration.graphicsDevices = device
    return VZVirtualMachine(configuration: configuration, queue: DispatchQueue(label: "displays"))
  }

  private func virtio(_ width: Int = 1280, _ height: Int = 800) -> VZVirtioGraphicsDeviceConfiguration {
    let device = VZVirtioGraphicsDeviceConfiguration()
    device.scanouts = [VZVirtioGraphicsScanoutConfiguration(widthInPixels: width, heightInPixels: height)]
    return device
  }

  private func mac() -> VZMacGraphicsDeviceConfiguration {
    let device = VZMacGraphicsDeviceConfiguration()
    device.displays = [VZMacGraphicsDisplayConfiguration(widthInPixels: 1920, heightInPixels: 1200, pixelsPerInch: 110)]
    return device
  }

  func testAVirtioGraphicsDeviceIsValid() throws {
    let configuration = try validConfiguration()
    configuration.graphicsDevices = [virtio(), VZVirtioGraphicsDeviceConfiguration()]
    XCTAssertNoThrow(try configuration.validate())
  }

  func testRuntimeObjectsFollowTheConfiguration() throws {
    XCTAssertTrue(try machine().graphicsDevices.isEmpty)
    let devices = try machine(virtio(), mac(), VZVirtioGraphicsDeviceConfiguration()).graphicsDevices
    XCTAssertTrue(devices[0] is VZVirtioGraphicsDevice)
    XCTAssertTrue(devices[0].displays.first is VZVirtioGraphicsScanout)
    XCTAssertEqual(devices[0].displays.map(\.sizeInPixels), [CGSize(width: 1280, height: 800)])
    XCTAssertTrue(devices[1] is VZMacGraphicsDevice)
    XCTAssertEqual(devices[1].displays.map(\.sizeInPixels), [CGSize(width: 1920, height: 1200)])
    XCTAssertEqual((devices[1].displays.first as? VZMacGraphicsDisplay)?.pixelsPerInch, 110)
    XCTAssertTrue(devices[2].displays.isEmpty)
  }

  func testReconfiguringIsRefusedWithTheReason() throws {
    let devices = try machine(virtio(), mac()).graphicsDevices
    let (scanout, display) = (devices[0].displays[0], devices[1].displays[0])
    let observer = Observer()
    for one in [scanout, display] {
      one.addObserver(observer)
      XCTAssertNoThrow(try one.reconfigure(sizeInPixels: one.sizeInPixels))
      assertThrows(.notSupported, "keeps the size") {
        try one.reconfigure(sizeInPixels: CGSize(width: 800, height: 600))
      }
      for size in [
        CGSize(width: 0, height: 600), CGSize(width: 800, height: 16385), CGSize(width: CGFloat.nan, height: 1),
      ] {
        assertThrows(.invalidVirtualMachineConfiguration, "sizeInPixels") { try one.reconfigure(sizeInPixels: size) }
      }
      one.removeObserver(observer)
    }
    let forScanout = VZVirtioGraphicsScanoutConfiguration(widthInPixels: 1280, heightInPixels: 800)
    let forMac = VZMacGraphicsDisplayConfiguration(widthInPixels: 1920, heightInPixels: 1200, pixelsPerInch: 110)
    XCTAssertNoThrow(try scanout.reconfigure(configuration: forScanout))
    XCTAssertNoThrow(try display.reconfigure(configuration: forMac))
    assertThrows(.invalidVirtualMachineConfiguration, "VZMacGraphicsDisplayConfiguration") {
      try scanout.reconfigure(configuration: forMac)
    }
    assertThrows(.invalidVirtualMachineConfiguration, "VZVirtioGraphicsScanoutConfiguration") {
      try display.reconfigure(configuration: forScanout)
    }
    forMac.pixelsPerInch = 220
    assertThrows(.notSupported, "density") { try display.reconfigure(configuration: forMac) }
    XCTAssertEqual(observer.calls, 0, "nothing was reconfigured")
  }

  func testObserversNeedNotImplementAnything() throws {
    final class Silent: NSObject, VZGraphicsDisplayObserver {}
    let display = try machine(virtio()).graphicsDevices[0].displays[0]
    Silent().displayDidBeginReconfiguration(display)
    let observer: any VZGraphicsDisplayObserver = Observer()
    observer.displayDidBeginReconfiguration(display)
    observer.displayDidEndReconfiguration(display)
    XCTAssertEqual((observer as? Observer)?.calls, 2)
  }

  func testADisplayDoesNotKeepItsObservers() throws {
    let display = try machine(virtio()).graphicsDevices[0].displays[0]
    weak var gone: Observer?
    do {
      let observer = Observer()
      gone = observer
      display.addObserver(observer)
    }
    XCTAssertNil(gone)
  }
}

private final class Observer: NSObject, VZGraphicsDisplayObserver {
  var calls = 0

  func displayDidBeginReconfiguration(_ display: VZGraphicsDisplay) { calls += 1 }
  func displayDidEndReconfiguration(_ display: VZGraphicsDisplay) { calls += 1 }
}
