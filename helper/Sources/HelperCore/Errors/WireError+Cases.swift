import HelperProtocol

extension WireError {
  /// A param that is out of range or does not fit the others.
  ///
  /// - Parameter problem: the rest of the sentence that the path begins.
  static func invalidParams(_ path: String, _ problem: String) -> WireError {
    WireError(.invalidParams, "\(path) \(problem)", path: path)
  }

  static let requestCancelled = WireError(.requestCancelled, "The request was cancelled.")

  static let shuttingDown = WireError(
    .shuttingDown, "The helper is shutting down and takes no more requests. Start a new helper.")

  static func machineNotFound(_ handle: MachineHandle) -> WireError {
    WireError(
      .machineNotFound,
      "There is no machine \"\(handle.prefix(64))\". Use the handle that machine.create returned; "
        + "a disposed machine is gone.")
  }
}
