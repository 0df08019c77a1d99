import Foundation
import XCTest

@testable import HelperCore

final class StandardStreamsTests: XCTestCase {
  func testPrintGoesToStandardErrorAndTheProtocolStaysClean() throws {
    let (output, errors) = (Pipe(), Pipe())
    fflush(stdout)
    let saved = (dup(STDOUT_FILENO), dup(STDERR_FILENO))
    dup2(output.fileHandleForWriting.fileDescriptor, STDOUT_FILENO)
    dup2(errors.fileHandleForWriting.fileDescriptor, STDERR_FILENO)
    let real = Result { try StandardStreams.takeOutput() }
    print("a careless print")
    fflush(stdout)
    if case .success(let descriptor) = real { _ = write(descriptor, "protocol", 8) }
    dup2(saved.0, STDOUT_FILENO)
    dup2(saved.1, STDERR_FILENO)
    for descriptor in [saved.0, saved.1, try real.get()] { close(descriptor) }
    try output.fileHandleForWriting.close()
    try errors.fileHandleForWriting.close()
    XCTAssertEqual(output.fileHandleForReading.readDataToEndOfFile(), Data("protocol".utf8))
    XCTAssertEqual(errors.fileHandleForReading.readDataToEndOfFile(), Data("a careless print\n".utf8))
  }
}
