import Foundation
import HelperProtocol
import HostSystem

/// What one part of a machine has for itself: a second part that wants it is refused, with the fields of both.
struct ResourceClaims {
  /// What only one part can have.
  enum Resource: Hashable {
    case streamName(String)
    case consolePortName(String)
    case macAddress(String)
    case shareTag(String)
    case blockDeviceIdentifier(String)
  }

  enum FileUse {
    case read, write
  }

  private var owners: [Resource: String] = [:]
  private var files: [FilePlace: (role: String, use: FileUse, field: String)] = [:]
  private var forwards: [HostPortForward] = []

  /// - Parameter field: where the resource is named.
  /// - Throws: `invalidConfiguration` when another field has it.
  mutating func claim(_ resource: Resource, at field: String) throws {
    guard let other = owners.updateValue(field, forKey: resource) else { return }
    throw Self.conflict(resource.words, field, other)
  }

  /// Claims a file, whatever path leads to it. Several may read it; who writes has it alone. Devices and pipes, which take
  /// the output of many, are nobody's.
  mutating func claim(file path: String, _ role: String, for use: FileUse, at field: String) throws {
    guard let place = FilePlace(path) else { return }
    if let other = files[place], use == .write || other.use == .write {
      throw WireError(
        .invalidConfiguration,
        "The \(role) \(path) in \(field) is the \(other.role) in \(other.field) too. One of them would overwrite what the "
          + "other has. Name another file.", path: field)
    }
    files[place] = (role, use, field)
  }

  mutating func claim(_ forward: HostPortForward) throws {
    if let other = forwards.first(where: forward.isInTheWay) {
      throw Self.conflict(
        "the \(forward.isUDP ? "UDP" : "TCP") port \(forward.port)", "\(forward.field).hostPort",
        "\(other.field).hostPort")
    }
    forwards.append(forward)
  }

  private static func conflict(_ what: String, _ field: String, _ other: String) -> WireError {
    WireError(
      .invalidConfiguration, "\(field) is \(what), which \(other) has already. Only one of them can have it.",
      path: field)
  }
}

extension ResourceClaims.Resource {
  fileprivate var words: String {
    switch self {
    case .streamName(let name): return "the stream name \"\(name)\""
    case .consolePortName(let name): return "the port name \"\(name)\""
    case .macAddress(let address): return "the MAC address \(address)"
    case .shareTag(let tag): return "the tag \"\(tag)\""
    case .blockDeviceIdentifier(let identifier): return "the block device identifier \"\(identifier)\""
    }
  }
}

/// A regular file, or one that is still to be made, by its folder and name.
private struct FilePlace: Hashable {
  private let identity: FileIdentity
  private var name: String?

  /// Nil for what is not a regular file, and where nothing can be found out; opening it says why.
  init?(_ path: String) {
    var status = stat()
    if let identity = FileIdentity(path) {
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      self.identity = identity
    } else {
      guard let identity = FileIdentity((path as NSString).deletingLastPathComponent) else { return nil }
      self.identity = identity
      name = (path as NSString).lastPathComponent
    }
  }
}
