/// Disk images in the formats of Apple's own tools: DMG and sparse images of `hdiutil`, ASIF of `diskutil`.
package enum AppleDiskImages {
  #if os(Linux)
    /// Whether the framework finds the disk in such an image by itself.
    package static let areOpened = false
  #else
    /// Whether the framework finds the disk in such an image by itself.
    package static let areOpened = true
  #endif
}
