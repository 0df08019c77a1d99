/// What is wrong with the host, and what to do about it; each a sentence.
package struct HostProblem: CustomStringConvertible {
  package let finding: String
  package let remedy: String

  package init(finding: String, remedy: String) {
    self.finding = finding
    self.remedy = remedy
  }

  package var description: String { "\(finding) \(remedy)" }
}
