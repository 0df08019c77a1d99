import Foundation

extension VZLinuxRosettaDirectoryShare {
  /// The socket by which the guest reaches the cache of translations. (macOS 14)
  public enum CachingOptions: Sendable {
    /// A socket at a path of the guest, at most `maximumPathLength` bytes.
    case unixSocket(String)
    /// A socket in the guest's abstract name space, at most `maximumNameLength` bytes.
    case abstractSocket(String)

    /// The socket where Rosetta's daemon expects it.
    public static var defaultUnixSocket: CachingOptions { .unixSocket("/run/rosettad/rosetta.sock") }
    /// The longest path in bytes of UTF-8: Linux's limit, less the mark at its end.
    public static var maximumPathLength: Int { socketAddressSize - 1 }
    /// The longest abstract name in bytes of UTF-8: Linux's limit, less the mark at its start.
    public static var maximumNameLength: Int { socketAddressSize - 1 }

    private static let socketAddressSize = MemoryLayout.size(ofValue: sockaddr_un().sun_path)

    func check() throws {
      let (text, limit) =
        switch self {
        case .unixSocket(let path): (path, Self.maximumPathLength)
        case .abstractSocket(let name): (name, Self.maximumNameLength)
        }
      guard !text.isEmpty, text.utf8.count <= limit else {
        throw ConfigurationProblem("The socket \(text.debugDescription) must have 1 to \(limit) bytes of UTF-8.")
      }
    }
  }
}
