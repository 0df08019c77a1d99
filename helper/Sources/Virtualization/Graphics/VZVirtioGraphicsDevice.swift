import Foundation

/// A Virtio graphics device.
///
/// Wraps `VZVirtioGraphicsDevice`, macOS 14.0.
open class VZVirtioGraphicsDevice: VZGraphicsDevice {}
