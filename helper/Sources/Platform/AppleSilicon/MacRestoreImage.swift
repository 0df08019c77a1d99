import Foundation

/// A restore image of macOS: what it says about itself, and what of it this host can run.
package struct MacRestoreImage {
  /// What a machine needs for the system that the image installs.
  package struct Requirements {
    package let hardwareModel: Data
    package let minimumCPUCount: Int
    /// In bytes.
    package let minimumMemorySize: UInt64
  }

  /// A file URL when it was loaded, a network URL when it comes from a list.
  package let url: URL
  package let version: MacHost.Version
  package let build: String
  package let isSupported: Bool
  /// Nil when the host supports none of the image's models.
  package let requirements: Requirements?

  /// Why this host cannot run what the image installs; nil when it can.
  package let unsupportedReason: String?
}
