// swift-tools-version: 6.0

import Foundation
import PackageDescription

// Targets that touch `Virtualization` stay in the Swift 5 language mode: isolation annotations differ
// between Apple's SDKs and must not turn into errors there.
let swift5: [SwiftSetting] = [.swiftLanguageMode(.v5)]

// On Linux `Virtualization` is this package's own module over QEMU; on macOS it is Apple's framework.
#if os(Linux)
  let virtualization: [Target.Dependency] = ["Virtualization"]
  let linuxCalls: [Target.Dependency] = ["CVirtualization"]
  let programLinking: [LinkerSetting] = []
  let linuxTargets: [Target] = [
    .target(name: "CVirtualization", path: "helper/Sources/CVirtualization"),
    .target(
      name: "Virtualization", dependencies: ["CVirtualization", "HostSystem"], path: "helper/Sources/Virtualization",
      swiftSettings: swift5),
    .testTarget(
      name: "VirtualizationTests", dependencies: ["Virtualization", "CVirtualization", "HostSystem", "Platform"],
      path: "helper/Tests/VirtualizationTests", swiftSettings: swift5),
  ]
#else
  let virtualization: [Target.Dependency] = []
  let linuxCalls: [Target.Dependency] = []
  // A program that is no application carries its property list inside. Without its words for the user macOS grants no
  // microphone, whatever the entitlements say.
  let infoPropertyList = ["-sectcreate", "__TEXT", "__info_plist", "\(Context.packageDirectory)/helper/Info.plist"]
  let programLinking: [LinkerSetting] = [.unsafeFlags(infoPropertyList.flatMap { ["-Xlinker", $0] })]
  let linuxTargets: [Target] = []
#endif

let core: [Target.Dependency] = ["HostSystem", "JSONRPC", "HelperProtocol", "Platform", "HelperWindow", "CDownload"]

let targets: [Target] = [
  .target(name: "HostSystem", path: "helper/Sources/HostSystem"),
  .target(name: "JSONRPC", dependencies: ["HostSystem"], path: "helper/Sources/JSONRPC"),
  .target(name: "HelperProtocol", dependencies: ["JSONRPC"], path: "helper/Sources/HelperProtocol"),
  .target(
    name: "Platform", dependencies: virtualization + linuxCalls + ["HostSystem"], path: "helper/Sources/Platform",
    swiftSettings: swift5),
  .target(
    name: "HelperWindow", dependencies: virtualization + ["HostSystem", "Platform"],
    path: "helper/Sources/HelperWindow",
    swiftSettings: swift5),
  .target(name: "CDownload", path: "helper/Sources/CDownload"),
  .target(
    name: "HelperCore", dependencies: core + virtualization, path: "helper/Sources/HelperCore",
    swiftSettings: swift5),
  .executableTarget(
    name: "vzkit-helper", dependencies: ["HelperCore"], path: "helper/Sources/vzkit-helper",
    swiftSettings: swift5, linkerSettings: programLinking),
  .testTarget(name: "HostSystemTests", dependencies: ["HostSystem"], path: "helper/Tests/HostSystemTests"),
  .testTarget(name: "JSONRPCTests", dependencies: ["JSONRPC", "HostSystem"], path: "helper/Tests/JSONRPCTests"),
  .testTarget(
    name: "HelperProtocolTests", dependencies: ["HelperProtocol"], path: "helper/Tests/HelperProtocolTests"),
  .testTarget(
    name: "HelperCoreTests", dependencies: ["HelperCore"], path: "helper/Tests/HelperCoreTests",
    swiftSettings: swift5),
]

// The npm package brings the sources without their tests.
let hasTests = FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/helper/Tests")

let package = Package(
  name: "vzkit-helper",
  platforms: [.macOS(.v13)],
  products: [.executable(name: "vzkit-helper", targets: ["vzkit-helper"])],
  targets: (targets + linuxTargets).filter { hasTests || $0.type != .test }
)
