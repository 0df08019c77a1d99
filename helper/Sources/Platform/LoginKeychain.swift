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
      var status: SecKeychainStatus = 0
      let keychain: any Keychain.Type = DefaultKeychain.self
      let result = keychain.copyStatus(to: &status)
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

#if os(macOS)
  /// Reaches a function that is deprecated with all file keychains, but the only public way to ask: what is called through a
  /// protocol brings no warning.
  private protocol Keychain {
    static func copyStatus(to status: inout SecKeychainStatus) -> OSStatus
  }

  private enum DefaultKeychain: Keychain {
    @available(macOS, deprecated: 10.10)
    static func copyStatus(to status: inout SecKeychainStatus) -> OSStatus { SecKeychainGetStatus(nil, &status) }
  }
#endif
