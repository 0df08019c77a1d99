import Foundation

/// The form of NBD URLs as the protocol's authors specify it.
enum NetworkBlockDeviceURL {
  private static let networkSchemes = ["nbd", "nbds"]
  private static let socketSchemes = ["nbd+unix", "nbds+unix"]

  static func check(_ url: URL) throws {
    let scheme = url.scheme?.lowercased() ?? ""
    if networkSchemes.contains(scheme) {
      guard url.host?.isEmpty == false else { throw problem(url, "names no host.") }
    } else if socketSchemes.contains(scheme) {
      let items = URLComponents(url: url, resolvingAgainstBaseURL: true)?.queryItems ?? []
      guard items.contains(where: { $0.name == "socket" && $0.value?.isEmpty == false }) else {
        throw problem(url, "names no socket; it ends in ?socket=PATH.")
      }
    } else {
      throw problem(url, "must begin with \((networkSchemes + socketSchemes).joined(separator: ":, ")):.")
    }
  }

  private static func problem(_ url: URL, _ what: String) -> ConfigurationProblem {
    ConfigurationProblem("The URL \(url.absoluteString) of a network block device \(what)")
  }
}
