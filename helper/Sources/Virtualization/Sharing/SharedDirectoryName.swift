import Foundation

/// The rules for the names of a multiple directory share, which become file names in the guest.
enum SharedDirectoryName {
  /// The longest file name of Linux and macOS guests, in bytes.
  private static let maximumLength = Int(NAME_MAX)

  static func problem(with name: String) -> ConfigurationProblem? {
    guard !name.isEmpty else { return ConfigurationProblem("The name of a shared directory is empty.") }
    guard name != ".", name != ".." else {
      return ConfigurationProblem("A shared directory cannot be called \(name.debugDescription).")
    }
    guard name.utf8.count <= maximumLength else {
      return ConfigurationProblem(
        "The name of a shared directory has \(name.utf8.count) bytes of UTF-8; the limit is \(maximumLength).")
    }
    guard !name.unicodeScalars.contains(where: isUnsafe) else {
      return ConfigurationProblem(
        "The name \(name.debugDescription) of a shared directory contains a slash or a control character.")
    }
    return nil
  }

  static func canonical(_ name: String) -> String? {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: name.unicodeScalars.map { isUnsafe($0) ? "_" : $0 })
    var canonical = ""
    var length = 0
    for character in String(scalars).precomposedStringWithCanonicalMapping {
      length += character.utf8.count
      if length > maximumLength { break }
      canonical.append(character)
    }
    return problem(with: canonical) == nil ? canonical : nil
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "/" || scalar.properties.generalCategory == .control
  }
}
