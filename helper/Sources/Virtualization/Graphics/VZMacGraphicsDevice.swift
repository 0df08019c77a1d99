import Foundation

/// The graphics device of a virtual Mac.
///
/// Wraps `VZMacGraphicsDevice`, macOS 14.0.
open class VZMacGraphicsDevice: VZGraphicsDevice {}
