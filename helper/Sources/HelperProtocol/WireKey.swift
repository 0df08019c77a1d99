/// The key of a JSON object's member, whatever it is called.
struct WireKey: CodingKey, ExpressibleByStringLiteral {
  let stringValue: String
  let intValue: Int?

  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  init(intValue: Int) {
    stringValue = String(intValue)
    self.intValue = intValue
  }

  init(stringLiteral value: StaticString) {
    self.init(stringValue: value.description)
  }
}
