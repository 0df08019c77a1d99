extension VZVirtualMachineConfiguration {
  /// Checks whether machines of this configuration can be saved and restored (macOS 14.0).
  ///
  /// - Throws: `VZError.notSupported`, always: a Linux host cannot save machines yet.
  public func validateSaveRestoreSupport() throws {
    throw VZError(.notSupported, reason: "This version cannot save and restore machines on a Linux host.")
  }
}
