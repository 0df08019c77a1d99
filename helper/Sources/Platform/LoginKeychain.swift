#if os(macOS)
  import Foundation
  import Security
#endif

/// The user's default keychain, as a rule the login keychain. The framework keeps the keys of guests there from macOS 15 on.
package enum LoginKeychain {
  package enum State {
    case unlocked
    case locked
    case missing
    /// The system does not say, for this reason.
    case unknown(String)
    /// There is none on this system.
    case notNeeded
  }

  /// Asked anew each time: people and timeouts lock it. Never shows a dialogue.
  package static func state() -> State {
    #if os(macOS)
      // Deprecated with all file keychains, but the only public way to ask.
      var status: SecKeychainStatus = 0
      let result = SecKeychainGetStatus(nil, &status)
      switch result {
      case errSecSuccess: return status & SecKeychainStatus(kSecUnlockStateStatus) != 0 ? .unlocked : .locked
      case errSecNoDefaultKeychain, errSecNoSuchKeychain: return .missing
      default: return .unknown(SecCopyErrorMessageString(result, nil) as String? ?? "error \(result)")
      }
    #else
      return .notNeeded
    #endif
  }
}
