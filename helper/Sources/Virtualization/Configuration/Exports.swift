// Apple's headers hand on these modules, and programs that import Virtualization alone rely on it.
@_exported import Dispatch
@_exported import Foundation
@_exported import Glibc

// The spelling is C's.
// swift-format-ignore: TypeNamesShouldBeCapitalized
/// The C spelling of a dispatch queue, which appears in the framework's signatures.
public typealias dispatch_queue_t = DispatchQueue
