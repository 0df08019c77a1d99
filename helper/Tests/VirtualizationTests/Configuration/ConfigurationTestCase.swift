import Virtualization
import XCTest

/// Makes configurations that are valid but for what a test breaks.
class ConfigurationTestCase: XCTestCase {
  var temporary: TemporaryFolder!

  override func setUpWithError() throws {
    temporary = try TemporaryFolder()
  }

  override func tearDown() {
    temporary = nil
  }

  func validConfiguration() throws -> VZVirtualMachineConfiguration {
    let configuration = VZVirtualMachineConfiguration()
    configuration.bootLoader = VZLinuxBootLoader(kernelURL: try temporary.file("vmlinuz"))
    return configuration
  }

  func disk(_ name: String, readOnly: Bool = false) throws -> VZVirtioBlockDeviceConfiguration {
    let url = temporary.url.appendingPathComponent(name)
    if !FileManager.default.fileExists(atPath: url.path) { _ = try temporary.file(name) }
    return VZVirtioBlockDeviceConfiguration(
      attachment: try VZDiskImageStorageDeviceAttachment(url: url, readOnly: readOnly))
  }

  /// Asserts that `body` throws a `VZError` with a code and with words in its description.
  func assertThrows(
    _ code: VZError.Code, _ words: String..., file: StaticString = #filePath, line: UInt = #line,
    by body: () throws -> Void
  ) {
    assertThrows(code, words, file: file, line: line, by: body)
  }

  private func assertThrows(
    _ code: VZError.Code, _ words: [String], file: StaticString, line: UInt, by body: () throws -> Void
  ) {
    XCTAssertThrowsError(try body(), file: file, line: line) { error in
      guard let error = error as? VZError else {
        return XCTFail("\(error) is not a VZError", file: file, line: line)
      }
      XCTAssertEqual(error.code, code, "\(error.localizedDescription)", file: file, line: line)
      for word in words where !error.localizedDescription.contains(word) {
        XCTFail("\(word.debugDescription) is not in: \(error.localizedDescription)", file: file, line: line)
      }
    }
  }

  /// Asserts that a valid configuration stops being so after `change`, for a reason that holds `words`.
  func assertInvalid(
    _ words: String..., code: VZError.Code = .invalidVirtualMachineConfiguration, file: StaticString = #filePath,
    line: UInt = #line, after change: (VZVirtualMachineConfiguration) throws -> Void
  ) throws {
    let configuration = try validConfiguration()
    XCTAssertNoThrow(try configuration.validate(), file: file, line: line)
    try change(configuration)
    assertThrows(code, words, file: file, line: line) { try configuration.validate() }
  }
}
