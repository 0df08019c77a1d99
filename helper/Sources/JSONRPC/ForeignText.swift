// Text that comes from outside, such as names, paths and the words of other programs, on its way to people.

extension Unicode.Scalar {
  /// Whether it changes how the text around it is shown instead of being shown itself: control characters, separators of
  /// lines and paragraphs, and the marks that turn the direction of writing.
  public var isUnprintable: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: properties.isBidiControl
    }
  }
}

extension String {
  /// The text with `\\u{202e}` in the place of each character that would not be shown as itself. For log lines, messages
  /// and titles: it stays on its line, moves no cursor and turns no direction.
  public var printable: String {
    guard unicodeScalars.contains(where: \.isUnprintable) else { return self }
    var shown = ""
    for scalar in unicodeScalars {
      if scalar.isUnprintable {
        shown += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
