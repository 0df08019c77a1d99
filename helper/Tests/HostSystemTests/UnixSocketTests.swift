import Foundation
import HostSystem
import XCTest

final class UnixSocketTests: XCTestCase {
  func testOnlyAPeerThatHasClosedHasHungUp() throws {
    let (near, far) = try UnixSocket.makePair()
    defer { close(near) }
    XCTAssertFalse(Descriptors.isHungUp(near))
    // Nothing more can be written, which is not the same.
    _ = fcntl(near, F_SETFL, fcntl(near, F_GETFL) | O_NONBLOCK)
    let block = [UInt8](repeating: 0, count: 1 << 16)
    while write(near, block, block.count) > 0 {}
    XCTAssertFalse(Descriptors.isHungUp(near))
    shutdown(far, Int32(SHUT_WR))
    XCTAssertFalse(Descriptors.isHungUp(near), "it still reads")
    close(far)
    XCTAssertTrue(Descriptors.isHungUp(near))
  }
}
