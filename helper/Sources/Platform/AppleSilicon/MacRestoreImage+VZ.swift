#if os(Linux) || arch(arm64)
  import Foundation
  import Virtualization

  extension MacRestoreImage {
    package typealias Completion = (Result<MacRestoreImage, any Error>) -> Void

    /// Reads what a local restore image says about itself.
    ///
    /// - Parameter completion: called once, on any thread.
    package static func load(from url: URL, _ completion: @escaping Completion) {
      VZMacOSRestoreImage.load(from: url) { result in completion(result.map { MacRestoreImage($0) }) }
    }

    /// Finds the newest restore image for this host, in Apple's list or another.
    ///
    /// - Parameters:
    ///   - catalog: nil for Apple's list; only where ``MacHost/catalogProblem`` is nil.
    ///   - completion: called once, on any thread.
    package static func fetchLatest(catalog: URL?, _ completion: @escaping Completion) {
      #if os(Linux)
        VZMacOSRestoreImage.fetchLatestSupported(catalog: catalog ?? VZMacOSRestoreImage.catalogURL) { result in
          completion(result.map { MacRestoreImage($0) })
        }
      #else
        VZMacOSRestoreImage.fetchLatestSupported { result in completion(result.map { MacRestoreImage($0) }) }
      #endif
    }

    private init(_ image: VZMacOSRestoreImage) {
      url = image.url
      version = MacHost.Version(image.operatingSystemVersion)
      build = image.buildVersion
      isSupported = image.isSupported
      requirements = image.mostFeaturefulSupportedConfiguration.map {
        Requirements(
          hardwareModel: $0.hardwareModel.dataRepresentation, minimumCPUCount: $0.minimumSupportedCPUCount,
          minimumMemorySize: $0.minimumSupportedMemorySize)
      }
      #if os(Linux)
        unsupportedReason = image.isSupported ? nil : image.problem
      #else
        unsupportedReason =
          image.isSupported
          ? nil : "This host (macOS \(MacHost.version)) cannot run this version; update it or use an older image."
      #endif
    }
  }
#endif
