/// The wall around what the framework has only on Macs with Apple silicon: virtual Macs.
///
/// The files of this folder alone name those types, and alone depend on the processor. An Intel Mac has ``IntelMac.swift``
/// in the place of those that use the framework; there everything throws ``Missing``.
package enum AppleSilicon {
  /// Thrown by what only Apple silicon has.
  package struct Missing: Error, CustomStringConvertible {
    package var description: String { AppleSilicon.missing }
  }

  /// Why an Intel Mac, or a helper that is built for one, has no virtual Macs.
  package static let missing =
    "Virtual Macs need a Mac with Apple silicon and a helper that is built for it; an Intel Mac runs Linux guests."

  #if os(macOS) && !arch(arm64)
    /// Why there are no virtual Macs; nil when the framework has them.
    package static let problem: String? = missing
  #else
    /// Why there are no virtual Macs; nil when the framework has them.
    package static let problem: String? = nil
  #endif
}
