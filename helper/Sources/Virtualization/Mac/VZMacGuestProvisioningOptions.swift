import Foundation

/// The first user of a virtual Mac, made at the first boot after the installation, without a person. The guest must be
/// macOS 27 or later. (macOS 27)
public final class VZMacGuestProvisioningOptions: VZGuestProvisioningOptions, @unchecked Sendable {
  /// The user's full name.
  public var fullName = ""
  /// The user's account name.
  public var username = ""
  /// The user's password. It is never written anywhere.
  public var password = ""
  /// Whether the user is logged in at start-up; false by default.
  public var logsInAutomatically = false
  /// Whether the user may log in over SSH; false by default.
  public var enablesRemoteLogin = false

  public init() {
    super.init(base: ())
  }

  public override func copy(with zone: NSZone? = nil) -> Any {
    let copy = VZMacGuestProvisioningOptions()
    copy.fullName = fullName
    copy.username = username
    copy.password = password
    copy.logsInAutomatically = logsInAutomatically
    copy.enablesRemoteLogin = enablesRemoteLogin
    return copy
  }

  /// Longest names that macOS's own accounts take.
  private static let nameLengths = 1...255
  /// Names of accounts that every Mac has.
  private static let reserved: Set<String> = ["root", "daemon", "nobody", "guest"]

  /// Throws `VZError.guestProvisioningInvalidFullName`, `guestProvisioningInvalidUsername` or
  /// `guestProvisioningInvalidPassword`. The password is never part of the message.
  override func check() throws {
    guard Self.nameLengths.contains(fullName.utf8.count), fullName.contains(where: { !$0.isWhitespace }),
      !fullName.unicodeScalars.contains(where: { $0.properties.generalCategory == .control || $0 == ":" })
    else {
      throw VZError(
        .guestProvisioningInvalidFullName,
        reason: "It must have 1 to 255 bytes, one that is not blank, and no colon or control character.")
    }
    guard Self.nameLengths.contains(username.utf8.count), username.utf8.allSatisfy(Self.isNameByte),
      let first = username.utf8.first, Self.isLetter(first) || first == UInt8(ascii: "_"),
      !Self.reserved.contains(username)
    else {
      throw VZError(
        .guestProvisioningInvalidUsername,
        reason: "It must begin with a letter, have only a to z, 0 to 9, dot, dash and underscore, "
          + "at most 255 of them, and must not be a name of the system's own.")
    }
    guard !password.isEmpty, !password.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else {
      throw VZError(
        .guestProvisioningInvalidPassword, reason: "It must not be empty and must have no control character.")
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "._-".utf8.contains(byte)
  }
}
