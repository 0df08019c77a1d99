import Foundation
import HostSystem

/// Unpacked kernels by the file they came from. Bounded: the ones not used for the longest time go.
enum KernelCache {
  private static let maximumCount = 8
  /// Changes with how images are made.
  private static let edition = 2

  /// The unpacked image of the kernel at `path`, made by `fill` (which creates the file at the path it is given) when
  /// there is none yet.
  static func image(for path: String, fill: (String) throws -> Void) throws -> String {
    let folder = try KeptFiles.makeFolder("kernels")
    guard let identity = KeptFiles.identity(of: path) else { throw SystemError(ENOENT, "open the kernel", path: path) }
    let image = "\(folder)/\(KeptFiles.name(for: "\(edition)\n\(identity)")).vmlinux"
    // Touching it is the note of its use, and tells whether it is there.
    if utimes(image, nil) == 0 { return image }
    let temporary = "\(folder)/.\(UUID().uuidString)"
    defer { unlink(temporary) }
    try fill(temporary)
    // Complete or not there at all, also when two processes do this at once.
    guard rename(temporary, image) == 0 else { throw SystemError(errno, "make", path: image) }
    prune(folder)
    return image
  }

  private static func prune(_ folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let dated = names.compactMap { name -> (path: String, used: Int)? in
      var status = stat()
      let path = "\(folder)/\(name)"
      guard name.hasSuffix(".vmlinux"), stat(path, &status) == 0 else { return nil }
      return (path, status.st_mtim.tv_sec)
    }
    for old in dated.sorted(by: { $0.used > $1.used }).dropFirst(maximumCount) { unlink(old.path) }
  }
}
