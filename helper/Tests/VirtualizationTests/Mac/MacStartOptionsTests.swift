import Virtualization
import XCTest

final class MacStartOptionsTests: MacTestCase {
  private func options(_ change: (VZMacGuestProvisioningOptions) -> Void = { _ in }) -> VZMacGuestProvisioningOptions {
    let options = VZMacGuestProvisioningOptions()
    options.fullName = "Ada Lovelace"
    options.username = "ada"
    options.password = "analytical engine"
    change(options)
    return options
  }

  func testGoodOptionsAreTakenAsACopy() throws {
    let start = VZMacOSVirtualMachineStartOptions()
    XCTAssertNil(start.guestProvisioningOptions)
    let given = options { $0.enablesRemoteLogin = true }
    try start.setGuestProvisioning(given)
    given.username = "changed"
    XCTAssertEqual(start.guestProvisioningOptions?.username, "ada")
    XCTAssertEqual(start.guestProvisioningOptions?.enablesRemoteLogin, true)
    try start.setGuestProvisioning(nil)
    XCTAssertNil(start.guestProvisioningOptions)
  }

  func testEachBadOptionHasItsCode() {
    let start = VZMacOSVirtualMachineStartOptions()
    for name in ["", "  ", String(repeating: "x", count: 256), "a:b", "a\nb"] {
      assertThrows(.guestProvisioningInvalidFullName) {
        try start.setGuestProvisioning(self.options { $0.fullName = name })
      }
    }
    for name in ["", "Ada", "1ada", "ada lovelace", "root", "../ada", "-ada", "ä", String(repeating: "x", count: 256)] {
      assertThrows(.guestProvisioningInvalidUsername) {
        try start.setGuestProvisioning(self.options { $0.username = name })
      }
    }
    for password in ["", "pass\nword", "nul\0"] {
      assertThrows(.guestProvisioningInvalidPassword) {
        try start.setGuestProvisioning(self.options { $0.password = password })
      }
    }
    XCTAssertNil(start.guestProvisioningOptions)
  }

  func testNoMessageHoldsThePassword() {
    XCTAssertThrowsError(try options { $0.password = "secret\u{7}word" }.validate()) {
      XCTAssertFalse("\($0) \(($0 as NSError).userInfo)".contains("secret"))
    }
  }
}
