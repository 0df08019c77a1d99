// Apple's headers hand on these modules, and programs that import Virtualization alone rely on it.
@_exported import Dispatch
@_exported import Foundation
@_exported import Glibc

/// The C spelling of a dispatch queue, which appears in the framework's signatures.
// swift-format-ignore: TypeNamesShouldBeCapitalized (the name is C's)
public typealias dispatch_queue_t = DispatchQueue
