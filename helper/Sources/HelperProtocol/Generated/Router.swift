// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

import JSONRPC

/// Leads every request to its handler. A handler that is missing does not compile.
public struct Router: Sendable {
  private let table: RouteTable

  public init(
    balloon: any BalloonRequests,
    bundle: any BundleRequests,
    console: any ConsoleRequests,
    core: any CoreRequests,
    disk: any DiskRequests,
    display: any DisplayRequests,
    host: any HostRequests,
    mac: any MacRequests,
    machine: any MachineRequests,
    network: any NetworkRequests,
    restoreImage: any RestoreImageRequests,
    sharing: any SharingRequests,
    socket: any SocketRequests,
    window: any WindowRequests
  ) {
    var table = RouteTable()
    Self.addBalloon(to: &table, balloon)
    Self.addBundle(to: &table, bundle)
    Self.addConsole(to: &table, console)
    Self.addCore(to: &table, core)
    Self.addDisk(to: &table, disk)
    Self.addDisplay(to: &table, display)
    Self.addHost(to: &table, host)
    Self.addMac(to: &table, mac)
    Self.addMachine(to: &table, machine)
    Self.addNetwork(to: &table, network)
    Self.addRestoreImage(to: &table, restoreImage)
    Self.addSharing(to: &table, sharing)
    Self.addSocket(to: &table, socket)
    Self.addWindow(to: &table, window)
    self.table = table
  }

  /// Decodes the params and calls the handler, on the calling thread. Params that do not fit and methods that do not
  /// exist are answered here.
  public func route(_ request: PendingRequest, params: RawJSON?) {
    table.route(request, params: params)
  }

  /// Every method by its name.
  public static let methods = [
    "balloon.target",
    "balloon.setTarget",
    "bundle.create",
    "bundle.createMac",
    "bundle.open",
    "bundle.list",
    "bundle.inspect",
    "bundle.clone",
    "bundle.import",
    "bundle.rename",
    "bundle.update",
    "bundle.renewIdentity",
    "bundle.resizeDisk",
    "bundle.delete",
    "console.attach",
    "initialize",
    "ping",
    "shutdown",
    "disk.create",
    "display.list",
    "display.reconfigure",
    "display.screenshot",
    "host.diagnose",
    "host.describe",
    "mac.createAuxiliaryStorage",
    "mac.createMachineIdentifier",
    "machine.install",
    "machine.validate",
    "machine.create",
    "machine.list",
    "machine.start",
    "machine.pause",
    "machine.resume",
    "machine.requestStop",
    "machine.stop",
    "machine.state",
    "machine.dispose",
    "network.addresses",
    "restoreImage.load",
    "restoreImage.latestSupported",
    "restoreImage.preflight",
    "restoreImage.download",
    "restoreImage.cacheList",
    "restoreImage.cachePrune",
    "sharing.list",
    "sharing.setShare",
    "socket.connect",
    "socket.listen",
    "socket.stopListening",
    "window.open",
    "window.close",
  ]

  private static func addBalloon(to table: inout RouteTable, _ handlers: any BalloonRequests) {
    table.add("balloon.target") { params, reply in handlers.target(params, reply) }
    table.add("balloon.setTarget") { params, reply in handlers.setTarget(params, reply) }
  }

  private static func addBundle(to table: inout RouteTable, _ handlers: any BundleRequests) {
    table.add("bundle.create") { params, reply in handlers.create(params, reply) }
    table.add("bundle.createMac") { params, reply in handlers.createMac(params, reply) }
    table.add("bundle.open") { params, reply in handlers.open(params, reply) }
    table.add("bundle.list") { params, reply in handlers.list(params, reply) }
    table.add("bundle.inspect") { params, reply in handlers.inspect(params, reply) }
    table.add("bundle.clone") { params, reply in handlers.clone(params, reply) }
    table.add("bundle.import") { params, reply in handlers.`import`(params, reply) }
    table.add("bundle.rename") { params, reply in handlers.rename(params, reply) }
    table.add("bundle.update") { params, reply in handlers.update(params, reply) }
    table.add("bundle.renewIdentity") { params, reply in handlers.renewIdentity(params, reply) }
    table.add("bundle.resizeDisk") { params, reply in handlers.resizeDisk(params, reply) }
    table.add("bundle.delete") { params, reply in handlers.delete(params, reply) }
  }

  private static func addConsole(to table: inout RouteTable, _ handlers: any ConsoleRequests) {
    table.add("console.attach") { params, reply in handlers.attach(params, reply) }
  }

  private static func addCore(to table: inout RouteTable, _ handlers: any CoreRequests) {
    table.add("initialize") { params, reply in handlers.initialize(params, reply) }
    table.add("ping") { reply in handlers.ping(reply) }
    table.add("shutdown") { params, reply in handlers.shutdown(params, reply) }
  }

  private static func addDisk(to table: inout RouteTable, _ handlers: any DiskRequests) {
    table.add("disk.create") { params, reply in handlers.create(params, reply) }
  }

  private static func addDisplay(to table: inout RouteTable, _ handlers: any DisplayRequests) {
    table.add("display.list") { params, reply in handlers.list(params, reply) }
    table.add("display.reconfigure") { params, reply in handlers.reconfigure(params, reply) }
    table.add("display.screenshot") { params, reply in handlers.screenshot(params, reply) }
  }

  private static func addHost(to table: inout RouteTable, _ handlers: any HostRequests) {
    table.add("host.diagnose") { params, reply in handlers.diagnose(params, reply) }
    table.add("host.describe") { reply in handlers.describe(reply) }
  }

  private static func addMac(to table: inout RouteTable, _ handlers: any MacRequests) {
    table.add("mac.createAuxiliaryStorage") { params, reply in handlers.createAuxiliaryStorage(params, reply) }
    table.add("mac.createMachineIdentifier") { reply in handlers.createMachineIdentifier(reply) }
  }

  private static func addMachine(to table: inout RouteTable, _ handlers: any MachineRequests) {
    table.add("machine.install") { params, reply in handlers.install(params, reply) }
    table.add("machine.validate") { params, reply in handlers.validate(params, reply) }
    table.add("machine.create") { params, reply in handlers.create(params, reply) }
    table.add("machine.list") { reply in handlers.list(reply) }
    table.add("machine.start") { params, reply in handlers.start(params, reply) }
    table.add("machine.pause") { params, reply in handlers.pause(params, reply) }
    table.add("machine.resume") { params, reply in handlers.resume(params, reply) }
    table.add("machine.requestStop") { params, reply in handlers.requestStop(params, reply) }
    table.add("machine.stop") { params, reply in handlers.stop(params, reply) }
    table.add("machine.state") { params, reply in handlers.state(params, reply) }
    table.add("machine.dispose") { params, reply in handlers.dispose(params, reply) }
  }

  private static func addNetwork(to table: inout RouteTable, _ handlers: any NetworkRequests) {
    table.add("network.addresses") { params, reply in handlers.addresses(params, reply) }
  }

  private static func addRestoreImage(to table: inout RouteTable, _ handlers: any RestoreImageRequests) {
    table.add("restoreImage.load") { params, reply in handlers.load(params, reply) }
    table.add("restoreImage.latestSupported") { params, reply in handlers.latestSupported(params, reply) }
    table.add("restoreImage.preflight") { params, reply in handlers.preflight(params, reply) }
    table.add("restoreImage.download") { params, reply in handlers.download(params, reply) }
    table.add("restoreImage.cacheList") { reply in handlers.cacheList(reply) }
    table.add("restoreImage.cachePrune") { params, reply in handlers.cachePrune(params, reply) }
  }

  private static func addSharing(to table: inout RouteTable, _ handlers: any SharingRequests) {
    table.add("sharing.list") { params, reply in handlers.list(params, reply) }
    table.add("sharing.setShare") { params, reply in handlers.setShare(params, reply) }
  }

  private static func addSocket(to table: inout RouteTable, _ handlers: any SocketRequests) {
    table.add("socket.connect") { params, reply in handlers.connect(params, reply) }
    table.add("socket.listen") { params, reply in handlers.listen(params, reply) }
    table.add("socket.stopListening") { params, reply in handlers.stopListening(params, reply) }
  }

  private static func addWindow(to table: inout RouteTable, _ handlers: any WindowRequests) {
    table.add("window.open") { params, reply in handlers.open(params, reply) }
    table.add("window.close") { params, reply in handlers.close(params, reply) }
  }
}
