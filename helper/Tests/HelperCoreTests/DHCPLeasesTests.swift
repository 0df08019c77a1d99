import HelperProtocol
import Platform
import XCTest

@testable import HelperCore

/// The lease file of macOS's DHCP server, as it is and as it should not be.
final class DHCPLeasesTests: XCTestCase {
  private let ours = "0a:00:27:00:01:02"
  private let other = "0a:00:27:00:01:03"

  private func block(_ hardware: String, _ address: String, lease: String = "0x66f2a0b1", name: String = "guest")
    -> String
  {
    "{\n\tname=\(name)\n\tip_address=\(address)\n\thw_address=\(hardware)\n\tidentifier=\(hardware)\n\tlease=\(lease)\n}\n"
  }

  private func address(of mac: String, in text: String) -> String? {
    DHCPLeases(Array(text.utf8)).lease(of: mac)?.address
  }

  func testTypePrefixAndBytesWithoutLeadingZeros() {
    let file = block("1,a:0:27:0:1:2", "192.168.64.2")
    XCTAssertEqual(address(of: ours, in: file), "192.168.64.2")
    XCTAssertEqual(address(of: ours.uppercased(), in: file), "192.168.64.2")
    XCTAssertEqual(DHCPLeases(Array(file.utf8)).lease(of: ours)?.end, 0x66f2_a0b1)
    XCTAssertNil(address(of: other, in: file))
    XCTAssertEqual(address(of: ours, in: block("0a:00:27:00:01:02", "192.168.64.2")), "192.168.64.2")
    XCTAssertNil(address(of: ours, in: block("6,a:0:27:0:1:2", "192.168.64.2")), "another type of hardware")
    XCTAssertNil(address(of: ours, in: block("ff,f1:f5:dd:7f:0:2:0:0:a:0:27:0:1:2", "192.168.64.2")), "a DUID")
  }

  func testTheLeaseThatEndsLastWins() {
    let old = block("1,a:0:27:0:1:2", "192.168.64.2", lease: "0x62e00000")
    let new = block("1,a:0:27:0:1:2", "192.168.64.3", lease: "0x66f2a0b1")
    let endless = block("1,a:0:27:0:1:2", "192.168.64.4", lease: "0xffffffff")
    XCTAssertEqual(address(of: ours, in: old + new), "192.168.64.3")
    XCTAssertEqual(address(of: ours, in: new + old), "192.168.64.3")
    XCTAssertEqual(address(of: ours, in: old + endless + new), "192.168.64.4")
    let unsaid = block("1,a:0:27:0:1:2", "192.168.64.5", lease: "soon")
    XCTAssertEqual(address(of: ours, in: unsaid + old), "192.168.64.2")
    XCTAssertEqual(address(of: ours, in: unsaid), "192.168.64.5")
  }

  func testTheFirstOfLeasesThatEndTogetherWins() {
    let file = block("1,a:0:27:0:1:2", "192.168.64.2") + block("1,a:0:27:0:1:2", "192.168.64.3")
    XCTAssertEqual(address(of: ours, in: file), "192.168.64.2")
  }

  func testAnAddressThatALaterLeaseGaveToAnotherIsNotOurs() {
    let mine = block("1,a:0:27:0:1:2", "192.168.64.2", lease: "0x62e00000")
    let theirs = block("1,a:0:27:0:1:3", "192.168.64.2", lease: "0x66f2a0b1")
    for file in [mine + theirs, theirs + mine] {
      XCTAssertNil(address(of: ours, in: file))
      XCTAssertEqual(address(of: other, in: file), "192.168.64.2")
    }
    let mineToo = block("1,a:0:27:0:1:2", "192.168.64.9", lease: "0x62d00000")
    XCTAssertEqual(address(of: ours, in: mine + theirs + mineToo), "192.168.64.9")
  }

  func testAFileCutOffAnywhereYieldsWholeLeasesOrNone() {
    let file = block("1,a:0:27:0:1:2", "192.168.64.2") + block("1,a:0:27:0:1:3", "192.168.64.31")
    let first = block("1,a:0:27:0:1:2", "192.168.64.2").utf8.count
    for length in 0...file.utf8.count {
      let leases = DHCPLeases(Array(file.utf8.prefix(length)))
      // The last line break is not missed.
      XCTAssertEqual(leases.lease(of: ours)?.address, length >= first - 1 ? "192.168.64.2" : nil, "\(length)")
      XCTAssertEqual(
        leases.lease(of: other)?.address, length >= file.utf8.count - 1 ? "192.168.64.31" : nil, "\(length)")
    }
    let broken = "{\n\tip_address=192.168.64.7\n{\n\thw_address=1,a:0:27:0:1:2\n}\n"
    XCTAssertNil(address(of: ours, in: broken), "two halves are not one lease")
  }

  func testHostNamesHideNothing() {
    let mine = block("1,a:0:27:0:1:2", "192.168.64.2")
    let latin1 =
      Array("{\n\tname=Caf".utf8) + [0xe9] + Array("\n\tip_address=192.168.64.3\n".utf8)
      + Array("\thw_address=1,a:0:27:0:1:3\n\tlease=0x66f2a0b1\n}\n".utf8)
    let leases = DHCPLeases(latin1 + Array(mine.utf8))
    XCTAssertEqual(leases.lease(of: ours)?.address, "192.168.64.2")
    XCTAssertEqual(leases.lease(of: other)?.address, "192.168.64.3")
    for name in ["} {", "a=b", "x\u{2028}\tip_address=192.168.64.66", "x\u{85}}", "", "x\r"] {
      XCTAssertEqual(
        address(of: ours, in: block("1,a:0:27:0:1:2", "192.168.64.2", name: name)), "192.168.64.2",
        name.debugDescription)
    }
    XCTAssertEqual(address(of: ours, in: mine.replacingOccurrences(of: "\n", with: "\r\n")), "192.168.64.2")
  }

  func testWhatIsNoAddressIsLeftOut() {
    for text in ["localhost", "", "192.168.64", "192.168.64.2 ", "::1"] {
      XCTAssertNil(address(of: ours, in: block("1,a:0:27:0:1:2", text)), text)
    }
    for mac in ["", "0a:00:27:00:01", "0a:00:27:00:01:02:03", "0a:00:27:00:01:zz", "0a:00:27:00:01:002"] {
      XCTAssertNil(address(of: mac, in: block("1,a:0:27:0:1:2", "192.168.64.2")), mac)
    }
  }

  func testAnEndedLeaseIsSaidToBeOld() {
    let network = NetworkUse(macAddress: ours, portForwards: [])
    let lease = DHCPLeases.Lease(address: "192.168.64.2", end: 1000)
    let then = NetworkHandlers.address(network, 0, lease, now: 1000)
    XCTAssertEqual(then.isExpired, false)
    XCTAssertNil(then.reason)
    let later = NetworkHandlers.address(network, 0, lease, now: 1001)
    XCTAssertEqual(later.isExpired, true)
    XCTAssertEqual(later.address, "192.168.64.2")
    XCTAssertTrue(later.reason?.contains("lease has ended") ?? false)
    let unsaid = NetworkHandlers.address(network, 0, DHCPLeases.Lease(address: "192.168.64.2", end: nil), now: 1001)
    XCTAssertEqual(unsaid.isExpired, false)
  }
}
