// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// What a restore image says about itself.
///
/// Wraps `VZMacOSRestoreImage`. Since macOS 12.0, Apple silicon.
public struct RestoreImageInfo: Codable, Equatable, Sendable {
  /// The file, when it is a local one.
  public var path: PathString?
  /// Where to download it from, when it is not local.
  ///
  /// Wraps `VZMacOSRestoreImage.url`.
  public var url: String?
  /// The version of macOS, such as 15.6.1.
  ///
  /// Wraps `VZMacOSRestoreImage.operatingSystemVersion`.
  public var version: String
  /// The build, such as 24G90.
  ///
  /// Wraps `VZMacOSRestoreImage.buildVersion`.
  public var build: String
  /// Size of a local file in bytes.
  public var size: UInt64?
  /// Whether this host can run what it installs.
  ///
  /// Wraps `VZMacOSRestoreImage.isSupported`.
  public var isSupported: Bool
  /// Why it cannot, and what to do about it.
  public var unsupportedReason: String?
  /// What a machine needs; absent when it is not supported.
  ///
  /// Wraps `VZMacOSRestoreImage.mostFeaturefulSupportedConfiguration`.
  public var requirements: RestoreImageRequirements?
  /// Present when what it installs here is the stand-in for tests and not macOS.
  public var standInNotice: String?

  public init(
    path: PathString? = nil,
    url: String? = nil,
    version: String,
    build: String,
    size: UInt64? = nil,
    isSupported: Bool,
    unsupportedReason: String? = nil,
    requirements: RestoreImageRequirements? = nil,
    standInNotice: String? = nil
  ) {
    self.path = path
    self.url = url
    self.version = version
    self.build = build
    self.size = size
    self.isSupported = isSupported
    self.unsupportedReason = unsupportedReason
    self.requirements = requirements
    self.standInNotice = standInNotice
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.path = try object.optional("path")
    self.url = try object.optional("url")
    self.version = try object.required("version")
    self.build = try object.required("build")
    self.size = try object.optional("size")
    self.isSupported = try object.required("isSupported")
    self.unsupportedReason = try object.optional("unsupportedReason")
    self.requirements = try object.optional("requirements")
    self.standInNotice = try object.optional("standInNotice")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(path, forKey: "path")
    try object.encodeIfPresent(url, forKey: "url")
    try object.encode(version, forKey: "version")
    try object.encode(build, forKey: "build")
    try object.encodeIfPresent(size, forKey: "size")
    try object.encode(isSupported, forKey: "isSupported")
    try object.encodeIfPresent(unsupportedReason, forKey: "unsupportedReason")
    try object.encodeIfPresent(requirements, forKey: "requirements")
    try object.encodeIfPresent(standInNotice, forKey: "standInNotice")
  }
}

/// What a machine needs to run what a restore image installs.
///
/// Wraps `VZMacOSConfigurationRequirements`. Since macOS 12.0, Apple silicon.
public struct RestoreImageRequirements: Codable, Equatable, Sendable {
  /// The data representation of the hardware model.
  ///
  /// Wraps `VZMacOSConfigurationRequirements.hardwareModel`.
  public var hardwareModel: Data
  /// The fewest virtual CPUs.
  ///
  /// Wraps `VZMacOSConfigurationRequirements.minimumSupportedCPUCount`.
  public var minimumCPUCount: UInt32
  /// The least memory in bytes.
  ///
  /// Wraps `VZMacOSConfigurationRequirements.minimumSupportedMemorySize`.
  public var minimumMemorySize: UInt64

  public init(hardwareModel: Data, minimumCPUCount: UInt32, minimumMemorySize: UInt64) {
    self.hardwareModel = hardwareModel
    self.minimumCPUCount = minimumCPUCount
    self.minimumMemorySize = minimumMemorySize
  }

  static let wireKeys: Set<String> = ["hardwareModel", "minimumCPUCount", "minimumMemorySize"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys))
  }

  init(object: WireObject) throws {
    self.hardwareModel = try object.required("hardwareModel")
    self.minimumCPUCount = try object.required("minimumCPUCount")
    self.minimumMemorySize = try object.required("minimumMemorySize")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(hardwareModel, forKey: "hardwareModel")
    try object.encode(minimumCPUCount, forKey: "minimumCPUCount")
    try object.encode(minimumMemorySize, forKey: "minimumMemorySize")
  }
}

/// Something that may end an installation, and often does not.
public struct RestoreImagePreflightWarning: Codable, Equatable, Sendable {
  /// What it is about.
  public var kind: RestoreImagePreflightWarningKind
  /// What may happen, and what to do about it.
  public var message: String

  public init(kind: RestoreImagePreflightWarningKind, message: String) {
    self.kind = kind
    self.message = message
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.kind = try object.required("kind")
    self.message = try object.required("message")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(kind, forKey: "kind")
    try object.encode(message, forKey: "message")
  }
}

/// What a warning is about.
///
/// Open: values that are not listed may appear.
public struct RestoreImagePreflightWarningKind: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The restore image is newer than the host, of the same major version: some such pairs work, others fail late in the
  /// installation.
  public static let newerMinorVersion = Self(rawValue: "newerMinorVersion")
}

/// How far a download is.
public struct RestoreImageDownloadProgress: Codable, Equatable, Sendable {
  /// What is being done.
  public var phase: RestoreImageDownloadPhase
  /// Bytes that are there; in the phase verifying, bytes that were checked.
  public var completed: UInt64
  /// Bytes of the whole file; absent until the server has told, and where it does not tell.
  public var total: UInt64?
  /// Bytes a second, over the last seconds.
  public var bytesPerSecond: Double
  /// Seconds until the end at this speed; absent while nothing moves.
  public var secondsLeft: Double?
  /// What went wrong last and is being worked around, such as a lost connection.
  public var note: String?

  public init(
    phase: RestoreImageDownloadPhase,
    completed: UInt64,
    total: UInt64? = nil,
    bytesPerSecond: Double,
    secondsLeft: Double? = nil,
    note: String? = nil
  ) {
    self.phase = phase
    self.completed = completed
    self.total = total
    self.bytesPerSecond = bytesPerSecond
    self.secondsLeft = secondsLeft
    self.note = note
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.phase = try object.required("phase")
    self.completed = try object.required("completed")
    self.total = try object.optional("total")
    self.bytesPerSecond = try object.required("bytesPerSecond")
    self.secondsLeft = try object.optional("secondsLeft")
    self.note = try object.optional("note")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(phase, forKey: "phase")
    try object.encode(completed, forKey: "completed")
    try object.encodeIfPresent(total, forKey: "total")
    try object.encode(bytesPerSecond, forKey: "bytesPerSecond")
    try object.encodeIfPresent(secondsLeft, forKey: "secondsLeft")
    try object.encodeIfPresent(note, forKey: "note")
  }
}

/// What a download is doing.
///
/// Open: values that are not listed may appear.
public struct RestoreImageDownloadPhase: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The server has not answered yet.
  public static let connecting = Self(rawValue: "connecting")
  /// Another call or another helper downloads the same file; its progress is told.
  public static let waiting = Self(rawValue: "waiting")
  /// Bytes arrive.
  public static let downloading = Self(rawValue: "downloading")
  /// All bytes are there; the rest of them is checked.
  public static let verifying = Self(rawValue: "verifying")
  /// A local file is copied.
  public static let copying = Self(rawValue: "copying")
}

/// Where a file came from.
///
/// Open: values that are not listed may appear.
public struct RestoreImageOrigin: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// This call downloaded it.
  public static let network = Self(rawValue: "network")
  /// Another call or another helper was downloading it; this call waited for it.
  public static let shared = Self(rawValue: "shared")
  /// It was there already and is still what the server has.
  public static let cache = Self(rawValue: "cache")
  /// It is a local file, used where it is or copied.
  public static let local = Self(rawValue: "local")
}

/// A restore image in the cache.
public struct RestoreImageCacheEntry: Codable, Equatable, Sendable {
  /// Where it was downloaded from, without user name and password.
  public var url: String
  /// The file, also when it is not there yet.
  public var path: PathString
  /// Bytes of the whole file, when known.
  public var size: UInt64?
  /// Bytes that it takes on disk, with what belongs to it.
  public var diskSize: UInt64
  /// Whether it is whole; a partial one is finished by the next download of its URL.
  public var isComplete: Bool
  /// Whether it is being downloaded or read right now.
  public var isInUse: Bool
  /// When it was last asked for, in seconds since 1970.
  public var lastUsed: Double

  public init(
    url: String,
    path: PathString,
    size: UInt64? = nil,
    diskSize: UInt64,
    isComplete: Bool,
    isInUse: Bool,
    lastUsed: Double
  ) {
    self.url = url
    self.path = path
    self.size = size
    self.diskSize = diskSize
    self.isComplete = isComplete
    self.isInUse = isInUse
    self.lastUsed = lastUsed
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.url = try object.required("url")
    self.path = try object.required("path")
    self.size = try object.optional("size")
    self.diskSize = try object.required("diskSize")
    self.isComplete = try object.required("isComplete")
    self.isInUse = try object.required("isInUse")
    self.lastUsed = try object.required("lastUsed")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(url, forKey: "url")
    try object.encode(path, forKey: "path")
    try object.encodeIfPresent(size, forKey: "size")
    try object.encode(diskSize, forKey: "diskSize")
    try object.encode(isComplete, forKey: "isComplete")
    try object.encode(isInUse, forKey: "isInUse")
    try object.encode(lastUsed, forKey: "lastUsed")
  }
}

/// Params of `restoreImage.load`.
public struct RestoreImageLoadParams: Codable, Equatable, Sendable {
  /// The IPSW file.
  public var path: PathString

  public init(path: PathString) {
    self.path = path
  }

  static let wireKeys: Set<String> = ["path"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
  }
}

/// Result of `restoreImage.load`.
public struct RestoreImageLoadResult: Codable, Equatable, Sendable {
  /// What it says.
  public var image: RestoreImageInfo

  public init(image: RestoreImageInfo) {
    self.image = image
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.image = try object.required("image")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(image, forKey: "image")
  }
}

/// Params of `restoreImage.latestSupported`.
public struct RestoreImageLatestSupportedParams: Codable, Equatable, Sendable {
  /// Another list in the same format, an http, https or file URL; only on Linux hosts.
  public var catalogURL: String?

  public init(catalogURL: String? = nil) {
    self.catalogURL = catalogURL
  }

  static let wireKeys: Set<String> = ["catalogURL"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.catalogURL = try object.optional("catalogURL")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(catalogURL, forKey: "catalogURL")
  }
}

/// Result of `restoreImage.latestSupported`.
public struct RestoreImageLatestSupportedResult: Codable, Equatable, Sendable {
  /// What the list says about it.
  public var image: RestoreImageInfo

  public init(image: RestoreImageInfo) {
    self.image = image
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.image = try object.required("image")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(image, forKey: "image")
  }
}

/// Params of `restoreImage.preflight`.
public struct RestoreImagePreflightParams: Codable, Equatable, Sendable {
  /// The version of macOS to install, such as 15.6.1.
  public var version: String?
  /// What the restore image needs.
  public var requirements: RestoreImageRequirements?
  /// Virtual CPUs of the machine.
  public var cpuCount: UInt32?
  /// Memory of the machine in bytes.
  public var memorySize: UInt64?
  /// Size of its disk in bytes.
  public var diskSize: UInt64?
  /// Size of the restore image in bytes.
  public var imageSize: UInt64?
  /// The folder for the disk.
  public var folder: PathString?
  /// Where the restore image is to be downloaded from, as in restoreImage.download. Without imageSize its server is
  /// asked for the size; one that does not tell is left to the download.
  public var url: String?
  /// The folder that it is downloaded into. On one volume with `folder`, there must be room for both; what is there
  /// already counts.
  public var downloadFolder: PathString?

  public init(
    version: String? = nil,
    requirements: RestoreImageRequirements? = nil,
    cpuCount: UInt32? = nil,
    memorySize: UInt64? = nil,
    diskSize: UInt64? = nil,
    imageSize: UInt64? = nil,
    folder: PathString? = nil,
    url: String? = nil,
    downloadFolder: PathString? = nil
  ) {
    self.version = version
    self.requirements = requirements
    self.cpuCount = cpuCount
    self.memorySize = memorySize
    self.diskSize = diskSize
    self.imageSize = imageSize
    self.folder = folder
    self.url = url
    self.downloadFolder = downloadFolder
  }

  static let wireKeys: Set<String> = [
    "version",
    "requirements",
    "cpuCount",
    "memorySize",
    "diskSize",
    "imageSize",
    "folder",
    "url",
    "downloadFolder",
  ]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.version = try object.optional("version")
    self.requirements = try object.optional("requirements")
    self.cpuCount = try object.optional("cpuCount")
    self.memorySize = try object.optional("memorySize")
    self.diskSize = try object.optional("diskSize")
    self.imageSize = try object.optional("imageSize")
    self.folder = try object.optional("folder")
    self.url = try object.optional("url")
    self.downloadFolder = try object.optional("downloadFolder")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(version, forKey: "version")
    try object.encodeIfPresent(requirements, forKey: "requirements")
    try object.encodeIfPresent(cpuCount, forKey: "cpuCount")
    try object.encodeIfPresent(memorySize, forKey: "memorySize")
    try object.encodeIfPresent(diskSize, forKey: "diskSize")
    try object.encodeIfPresent(imageSize, forKey: "imageSize")
    try object.encodeIfPresent(folder, forKey: "folder")
    try object.encodeIfPresent(url, forKey: "url")
    try object.encodeIfPresent(downloadFolder, forKey: "downloadFolder")
  }
}

/// Result of `restoreImage.preflight`.
public struct RestoreImagePreflightResult: Codable, Equatable, Sendable {
  /// What may go wrong all the same; empty when nothing is known.
  public var warnings: [RestoreImagePreflightWarning]

  public init(warnings: [RestoreImagePreflightWarning]) {
    self.warnings = warnings
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.warnings = try object.required("warnings")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(warnings, forKey: "warnings")
  }
}

/// Params of `restoreImage.download`.
public struct RestoreImageDownloadParams: Codable, Equatable, Sendable {
  /// An http, https or file URL, or an absolute path.
  public var url: String
  /// The file to make, or an existing folder to put it into; a place in the cache by default, the same for URLs that
  /// differ in their query alone when the server gives their file the same strong ETag and length.
  public var to: PathString?
  /// The SHA-256 of the file in 64 hexadecimal digits; the server's own is used by default, if it sends one.
  public var sha256: String?
  /// Ranges that are downloaded at the same time, 1 to 8; 4 by default.
  public var connections: UInt32?
  /// Whether another file at the target may be replaced; false by default, always true in the cache.
  public var overwrite: Bool?
  /// Failures in a row without any progress that are tried again, 0 to 100; 10 by default, and 3 before the server has
  /// ever answered.
  public var retries: UInt32?
  /// Seconds that a connection may deliver nothing before it is given up and tried again, 1 to 600; 20 by default.
  public var stallTimeout: Double?

  public init(
    url: String,
    to: PathString? = nil,
    sha256: String? = nil,
    connections: UInt32? = nil,
    overwrite: Bool? = nil,
    retries: UInt32? = nil,
    stallTimeout: Double? = nil
  ) {
    self.url = url
    self.to = to
    self.sha256 = sha256
    self.connections = connections
    self.overwrite = overwrite
    self.retries = retries
    self.stallTimeout = stallTimeout
  }

  static let wireKeys: Set<String> = ["url", "to", "sha256", "connections", "overwrite", "retries", "stallTimeout"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.url = try object.required("url")
    self.to = try object.optional("to")
    self.sha256 = try object.optional("sha256")
    self.connections = try object.optional("connections")
    self.overwrite = try object.optional("overwrite")
    self.retries = try object.optional("retries")
    self.stallTimeout = try object.optional("stallTimeout")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(url, forKey: "url")
    try object.encodeIfPresent(to, forKey: "to")
    try object.encodeIfPresent(sha256, forKey: "sha256")
    try object.encodeIfPresent(connections, forKey: "connections")
    try object.encodeIfPresent(overwrite, forKey: "overwrite")
    try object.encodeIfPresent(retries, forKey: "retries")
    try object.encodeIfPresent(stallTimeout, forKey: "stallTimeout")
  }
}

/// Result of `restoreImage.download`.
public struct RestoreImageDownloadResult: Codable, Equatable, Sendable {
  /// The file.
  public var path: PathString
  /// Its size in bytes.
  public var size: UInt64
  /// Its SHA-256 in hexadecimal digits, when it was checked.
  public var sha256: String?
  /// Where it came from.
  public var origin: RestoreImageOrigin
  /// Bytes of the file that this call received over the network.
  public var received: UInt64
  /// Why bytes that were there had to be thrown away and the download began anew, if it did.
  public var restartReason: String?

  public init(
    path: PathString,
    size: UInt64,
    sha256: String? = nil,
    origin: RestoreImageOrigin,
    received: UInt64,
    restartReason: String? = nil
  ) {
    self.path = path
    self.size = size
    self.sha256 = sha256
    self.origin = origin
    self.received = received
    self.restartReason = restartReason
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.size = try object.required("size")
    self.sha256 = try object.optional("sha256")
    self.origin = try object.required("origin")
    self.received = try object.required("received")
    self.restartReason = try object.optional("restartReason")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encode(size, forKey: "size")
    try object.encodeIfPresent(sha256, forKey: "sha256")
    try object.encode(origin, forKey: "origin")
    try object.encode(received, forKey: "received")
    try object.encodeIfPresent(restartReason, forKey: "restartReason")
  }
}

/// Result of `restoreImage.cacheList`.
public struct RestoreImageCacheListResult: Codable, Equatable, Sendable {
  /// The folder of the cache.
  public var folder: PathString
  /// The restore images.
  public var entries: [RestoreImageCacheEntry]

  public init(folder: PathString, entries: [RestoreImageCacheEntry]) {
    self.folder = folder
    self.entries = entries
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.folder = try object.required("folder")
    self.entries = try object.required("entries")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(folder, forKey: "folder")
    try object.encode(entries, forKey: "entries")
  }
}

/// Params of `restoreImage.cachePrune`.
public struct RestoreImageCachePruneParams: Codable, Equatable, Sendable {
  /// Bytes on disk that may stay; 0 empties the cache.
  public var maximumSize: UInt64?
  /// Seconds since the last use, 0 or more.
  public var olderThan: Double?

  public init(maximumSize: UInt64? = nil, olderThan: Double? = nil) {
    self.maximumSize = maximumSize
    self.olderThan = olderThan
  }

  static let wireKeys: Set<String> = ["maximumSize", "olderThan"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.maximumSize = try object.optional("maximumSize")
    self.olderThan = try object.optional("olderThan")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encodeIfPresent(maximumSize, forKey: "maximumSize")
    try object.encodeIfPresent(olderThan, forKey: "olderThan")
  }
}

/// Result of `restoreImage.cachePrune`.
public struct RestoreImageCachePruneResult: Codable, Equatable, Sendable {
  /// What was deleted.
  public var removed: [RestoreImageCacheEntry]
  /// Bytes on disk that this freed.
  public var freed: UInt64

  public init(removed: [RestoreImageCacheEntry], freed: UInt64) {
    self.removed = removed
    self.freed = freed
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.removed = try object.required("removed")
    self.freed = try object.required("freed")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(removed, forKey: "removed")
    try object.encode(freed, forKey: "freed")
  }
}

/// Restore images of macOS on the host, getting them and keeping them.
///
/// Called on the connection's reader thread, in the order of arrival.
public protocol RestoreImageRequests: AnyObject, Sendable {
  /// Reads what a local restore image says about itself. The archive is not unpacked.
  ///
  /// Wraps `VZMacOSRestoreImage.load(from:completionHandler:)`. Since macOS 12.0, Apple silicon.
  func load(_ params: RestoreImageLoadParams, _ reply: Reply<RestoreImageLoadResult>)

  /// Finds the newest restore image that this host can run, in Apple's list.
  ///
  /// Wraps `VZMacOSRestoreImage.fetchLatestSupported(completionHandler:)`. Since macOS 12.0, Apple silicon.
  func latestSupported(_ params: RestoreImageLatestSupportedParams, _ reply: Reply<RestoreImageLatestSupportedResult>)

  /// Refuses, before anything is downloaded or made, what could not be installed: a guest newer than the host, too few
  /// CPUs, too little memory, a disk or a volume that is too small. What is not given is not checked. A guest that is
  /// newer than the host by a minor version only is not refused, but warned about.
  ///
  /// Since macOS 12.0, Apple silicon. On Linux: Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs
  /// Apple silicon.
  func preflight(_ params: RestoreImagePreflightParams, _ reply: Reply<RestoreImagePreflightResult>)

  /// Downloads a restore image, in parallel ranges where the server has them. The file gets its name only when it is
  /// whole, of the right size and, where a SHA-256 is given or sent by the server, of the right content. What arrived
  /// before an error, a cancel or the death of the helper is kept beside the target, and the next call for it goes on
  /// from there, unless the file on the server has changed; from another URL too, when the server names the same ETag
  /// and length. What does not begin and end as a zip archive is no restore image and gets no name: a page that comes
  /// in place of the file is asked for again like a fault, and at last an invalidRestoreImage. Calls for one target
  /// share one download, also those of several helpers. A local file needs no download, and is answered as it is or,
  /// with `to`, copied.
  func download(_ params: RestoreImageDownloadParams, _ reply: Reply<RestoreImageDownloadResult>)

  /// Lists the restore images in the cache, whole and partial, the last used first.
  func cacheList(_ reply: Reply<RestoreImageCacheListResult>)

  /// Deletes restore images from the cache: those not used for `olderThan` seconds, and then the least recently used
  /// ones until no more than `maximumSize` bytes are taken. At least one of the two must be given. What is in use
  /// stays.
  func cachePrune(_ params: RestoreImageCachePruneParams, _ reply: Reply<RestoreImageCachePruneResult>)
}

extension Reply where Result == RestoreImageDownloadResult {
  /// Tells the caller how far `restoreImage.download` is, if the caller asked for it.
  public func progress(_ value: RestoreImageDownloadProgress) {
    reportProgress(value)
  }
}
