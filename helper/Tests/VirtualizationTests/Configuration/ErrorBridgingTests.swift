import Virtualization
import XCTest

final class ErrorBridgingTests: XCTestCase {
  private func failingValidation() throws {
    try VZVirtualMachineConfiguration().validate()
  }

  func testAnErrorIsCaughtByItsCode() {
    do {
      try failingValidation()
      XCTFail("nothing was thrown")
    } catch VZError.invalidDiskImage {
      XCTFail("another code was matched")
    } catch VZError.invalidVirtualMachineConfiguration {
    } catch {
      XCTFail("\(error) was not matched by its code")
    }
  }

  func testAnErrorIsAnNSErrorWithWordsInAllPlaces() throws {
    XCTAssertThrowsError(try failingValidation()) { error in
      let bridged = error as NSError
      XCTAssertEqual(bridged.domain, VZErrorDomain)
      XCTAssertEqual(bridged.code, 2)
      XCTAssertEqual(bridged.localizedFailureReason, "bootLoader: A boot loader is missing.")
      XCTAssertTrue(bridged.localizedDescription.hasPrefix("Invalid virtual machine configuration. bootLoader:"))
      XCTAssertNotNil(bridged.localizedRecoverySuggestion)
      XCTAssertEqual(error.localizedDescription, bridged.localizedDescription)
    }
  }

  func testTheErrorOfTheSystemStaysBelow() {
    let url = URL(fileURLWithPath: "/nonexistent/disk.img")
    XCTAssertThrowsError(try VZDiskImageStorageDeviceAttachment(url: url, readOnly: true)) { error in
      let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
      XCTAssertEqual(underlying?.domain, NSPOSIXErrorDomain)
      XCTAssertEqual(underlying?.code, Int(ENOENT))
    }
  }

  func testErrorsCanBeMadeByCallers() {
    let error = VZError(.save, userInfo: [NSLocalizedDescriptionKey: "words"])
    XCTAssertEqual(error.code, .save)
    XCTAssertEqual(error.errorCode, 11)
    XCTAssertEqual(error.localizedDescription, "words")
    XCTAssertEqual(VZError.errorDomain, "VZErrorDomain")
    XCTAssertEqual((NSError(domain: VZErrorDomain, code: 6) as Error) as? VZError, nil)
  }

  func testCodesHaveApplesNumbers() {
    let numbers: [(VZError.Code, Int)] = [
      (VZError.internalError, 1), (VZError.notSupported, 10), (VZError.restore, 12),
      (VZError.restoreImageCatalogLoadFailed, 10001), (VZError.installationFailed, 10007),
      (VZError.networkBlockDeviceDisconnected, 20002), (VZError.deviceNotFound, 30004),
      (VZError.guestProvisioningInvalidPassword, 40003), (VZError.efiVariableInaccessible, 50002),
    ]
    for (code, number) in numbers { XCTAssertEqual(code.rawValue, number) }
    XCTAssertNil(VZError.Code(rawValue: 13))
  }
}
