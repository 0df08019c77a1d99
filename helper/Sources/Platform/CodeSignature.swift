#if os(macOS)
  import Foundation
  import Security
#endif

/// The signature of this process's own program.
package enum CodeSignature {
  /// Whether the signature grants something.
  package enum Entitlement {
    case present
    case absent
    /// The system does not say, for this reason.
    case unknown(String)
    /// This system asks for none.
    case notNeeded
  }

  package static let virtualizationEntitlement = "com.apple.security.virtualization"

  /// Whether this process may use the framework, as the kernel took it from the signature when the process began.
  package static func virtualization() -> Entitlement {
    #if os(macOS)
      guard let task = SecTaskCreateFromSelf(nil) else { return .unknown("the process has no security task") }
      var failure: Unmanaged<CFError>?
      let value = SecTaskCopyValueForEntitlement(task, virtualizationEntitlement as CFString, &failure)
      if let failure { return .unknown((failure.takeRetainedValue() as any Error).localizedDescription) }
      return (value as? Bool) == true ? .present : .absent
    #else
      return .notNeeded
    #endif
  }
}
