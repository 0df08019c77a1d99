import Foundation
import Virtualization

/// What a display of a machine showed at a moment.
package struct DisplayPicture {
  /// In pixels.
  package let width: Int
  /// In pixels.
  package let height: Int
  /// Whether the guest shows nothing: all of it has one colour, or the hypervisor shows words of its own.
  package let isBlank: Bool
  private let encode: () throws -> [UInt8]

  /// - Parameter encode: makes a PNG file of it.
  package init(width: Int, height: Int, isBlank: Bool, encode: @escaping () throws -> [UInt8]) {
    self.width = width
    self.height = height
    self.isBlank = isBlank
    self.encode = encode
  }

  /// The picture as a PNG file. Takes a while for a large one.
  package func png() throws -> [UInt8] { try encode() }

  #if os(Linux)
    /// Takes a picture of a display, counted over all graphics devices. `completion` is called once, on any thread.
    package static func take(
      ofDisplay index: Int, of machine: VZVirtualMachine,
      _ completion: @escaping (Result<DisplayPicture, any Error>) -> Void
    ) {
      machine.takePicture(ofDisplay: index) { result in
        completion(
          result.map { image in
            DisplayPicture(width: image.width, height: image.height, isBlank: image.isBlank, encode: image.png)
          })
      }
    }
  #endif
}
