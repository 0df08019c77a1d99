import Foundation
import Virtualization

/// What a display of a machine showed at a moment.
package struct DisplayPicture {
  /// The way in which a picture was taken.
  package enum Source: CustomStringConvertible {
    /// From the surface into which the framework draws, as the guest drew it.
    case surface
    /// By having the view draw itself; why not from the surface.
    case view(String)
    /// By QEMU.
    case hypervisor

    package var description: String {
      switch self {
      case .surface: "from the surface of the framework's view"
      case .view(let reason): "by drawing the framework's view, since \(reason)"
      case .hypervisor: "by QEMU"
      }
    }
  }

  /// Whether the guest shows nothing: all of it has one colour, or the hypervisor shows words of its own.
  package let isBlank: Bool
  package let source: Source
  private let image: PixelImage

  package init(_ image: PixelImage, isBlank: Bool, source: Source) {
    (self.image, self.isBlank, self.source) = (image, isBlank, source)
  }

  /// In pixels.
  package var width: Int { image.width }
  /// In pixels.
  package var height: Int { image.height }

  /// The picture as a PNG file. Takes a while for a large one.
  package func png() throws -> [UInt8] { try image.png() }

  #if os(Linux)
    /// Takes a picture of a display, counted over all graphics devices. `completion` is called once, on any thread.
    package static func take(
      ofDisplay index: Int, of machine: VZVirtualMachine,
      _ completion: @escaping (Result<DisplayPicture, any Error>) -> Void
    ) {
      machine.takePicture(ofDisplay: index) { result in
        completion(
          result.map { image in
            DisplayPicture(
              PixelImage(width: image.width, height: image.height, pixels: image.pixels), isBlank: image.isBlank,
              source: .hypervisor)
          })
      }
    }
  #endif
}
