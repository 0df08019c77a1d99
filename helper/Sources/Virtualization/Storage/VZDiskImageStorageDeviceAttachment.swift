import Foundation

/// A disk whose bytes are in a raw image file of the host. (macOS 11)
open class VZDiskImageStorageDeviceAttachment: VZStorageDeviceAttachment {
  /// The image's file.
  public let url: URL
  /// Whether the guest may only read.
  public let isReadOnly: Bool
  /// Whether the host caches the image. (macOS 12)
  public let cachingMode: VZDiskImageCachingMode
  /// What a flush by the guest means. (macOS 12)
  public let synchronizationMode: VZDiskImageSynchronizationMode

  /// An attachment of a raw image, cached automatically and fully synchronized.
  ///
  /// - Throws: `VZError.invalidDiskImage` when the file is missing, not accessible, not a regular file, in a container
  ///   format, empty, or of a size that is not a multiple of 512 bytes.
  public init(url: URL, readOnly: Bool) throws {
    self.url = url
    isReadOnly = readOnly
    cachingMode = .automatic
    synchronizationMode = .full
    super.init(base: ())
    try throwingVZError { try check() }
  }

  /// An attachment of a raw image. Throws what `init(url:readOnly:)` throws. (macOS 12)
  public init(
    url: URL, readOnly: Bool, cachingMode: VZDiskImageCachingMode, synchronizationMode: VZDiskImageSynchronizationMode
  ) throws {
    self.url = url
    isReadOnly = readOnly
    self.cachingMode = cachingMode
    self.synchronizationMode = synchronizationMode
    super.init(base: ())
    try throwingVZError { try check() }
  }

  override func check() throws {
    try DiskImageCheck(url: url, readOnly: isReadOnly).run()
  }
}
