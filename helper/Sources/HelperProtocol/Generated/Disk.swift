// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import Foundation

/// How far the making of a disk image is.
public struct DiskProgress: Codable, Equatable, Sendable {
  /// Bytes done.
  public var completed: UInt64
  /// Bytes to do.
  public var total: UInt64

  public init(completed: UInt64, total: UInt64) {
    self.completed = completed
    self.total = total
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.completed = try object.required("completed")
    self.total = try object.required("total")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(completed, forKey: "completed")
    try object.encode(total, forKey: "total")
  }
}

/// The format of a disk image.
public enum DiskImageFormat: String, Codable, CaseIterable, Sendable {
  /// The guest's disk byte for byte; sparse where the file system knows holes.
  case raw
  /// Apple's sparse image format, sparse everywhere and in every copy.
  ///
  /// Since macOS 26.0. Not on Linux.
  case asif

  public init(from decoder: any Decoder) throws {
    self = try decoder.closedEnum()
  }
}

/// Params of `disk.create`.
public struct DiskCreateParams: Codable, Equatable, Sendable {
  /// Where to make it.
  public var path: PathString
  /// Size in bytes, a multiple of 512.
  public var size: UInt64
  /// Whether space is taken only as the guest writes; true by default. Otherwise all space is reserved now.
  public var isSparse: Bool?
  /// Whether an existing file may be replaced; false by default.
  public var overwrite: Bool?
  /// raw by default; asif images are always sparse.
  public var format: DiskImageFormat?

  public init(
    path: PathString,
    size: UInt64,
    isSparse: Bool? = nil,
    overwrite: Bool? = nil,
    format: DiskImageFormat? = nil
  ) {
    self.path = path
    self.size = size
    self.isSparse = isSparse
    self.overwrite = overwrite
    self.format = format
  }

  static let wireKeys: Set<String> = ["path", "size", "isSparse", "overwrite", "format"]

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder, knownKeys: Self.wireKeys, and: "progressToken"))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.size = try object.required("size")
    self.isSparse = try object.optional("isSparse")
    self.overwrite = try object.optional("overwrite")
    self.format = try object.optional("format")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encode(size, forKey: "size")
    try object.encodeIfPresent(isSparse, forKey: "isSparse")
    try object.encodeIfPresent(overwrite, forKey: "overwrite")
    try object.encodeIfPresent(format, forKey: "format")
  }
}

/// Result of `disk.create`.
public struct DiskCreateResult: Codable, Equatable, Sendable {
  /// The image.
  public var path: PathString
  /// Its size in bytes.
  public var size: UInt64

  public init(path: PathString, size: UInt64) {
    self.path = path
    self.size = size
  }

  public init(from decoder: any Decoder) throws {
    try self.init(object: WireObject(decoder))
  }

  init(object: WireObject) throws {
    self.path = try object.required("path")
    self.size = try object.required("size")
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    try object.encode(path, forKey: "path")
    try object.encode(size, forKey: "size")
  }
}

/// Disk images on the host.
///
/// Called on the connection's reader thread, in the order of arrival.
public protocol DiskRequests: AnyObject, Sendable {
  /// Makes a disk image of zeros. It appears under its path only when it is whole; a failed or cancelled request leaves
  /// nothing behind.
  func create(_ params: DiskCreateParams, _ reply: Reply<DiskCreateResult>)
}

extension Reply where Result == DiskCreateResult {
  /// Tells the caller how far `disk.create` is, if the caller asked for it.
  public func progress(_ value: DiskProgress) {
    reportProgress(value)
  }
}
