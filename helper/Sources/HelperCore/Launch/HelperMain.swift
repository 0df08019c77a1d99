import Foundation
import HelperWindow
import HostSystem
import JSONRPC
import Platform

/// The helper as a program.
public enum HelperMain {
  /// Runs until the helper has ended. The first act is to take standard output away from everybody else.
  public static func run() -> Never {
    let output: Int32
    do {
      output = try StandardStreams.takeOutput()
    } catch {
      fail("\(error)", status: EXIT_FAILURE)
    }
    Signals.ignoreSelfInflicted()
    ProcessLimits.raiseDescriptorLimit()
    HypervisorFacts.redirectLog(to: log)
    do {
      let options = try HelperOptions(arguments: Array(CommandLine.arguments.dropFirst()))
      switch options.action {
      case .printText(let text): printText(text, to: output)
      case .serveStandardStreams: try serveStandardStreams(options, output: output)
      case .listen(let path): try serve(at: path, options)
      case .relay(let path): try Relay.run(to: path, output: output)
      }
      if let notice = MacHost.standInNotice { Log.warning(notice) }
    } catch let problem as HelperOptions.Problem {
      fail("\(problem.message). Try vzkit-helper --help.", status: EX_USAGE)
    } catch {
      fail("\(error)", status: EXIT_FAILURE)
    }
    MainThread.park()
  }

  /// For the life of the process.
  nonisolated(unsafe) private static var retained: [AnyObject] = []

  private static func serveStandardStreams(_ options: HelperOptions, output: Int32) throws {
    let helper = Helper(mode: .attached, grace: options.grace) { _exit(EXIT_SUCCESS) }
    let session = Session(helper: helper)
    let input = try StandardStreams.takeInput()
    let connection = Connection(input: input, output: output, service: session, log: log)
    // First of all, since the client waits; there is nothing yet that a signal would have to clean up.
    connection.start()
    retained = [endOnSignals(helper, grace: { session.grace.value }), connection]
  }

  private static func serve(at path: String, _ options: HelperOptions) throws {
    let listener = Locked<Listener?>(nil)
    let helper = Helper(mode: .detached, grace: options.grace) {
      listener.value?.close()
      _exit(EXIT_SUCCESS)
    }
    let clients = try Listener(path: path, log: log) { Session(helper: helper) }
    listener.value = clients
    try clients.start()
    retained = [endOnSignals(helper, grace: { options.grace }), listener]
    Log.info("listening at \(path)")
  }

  static func endOnSignals(_ helper: Helper, grace: @escaping () -> Double) -> Signals {
    Signals(
      onFirst: { helper.end(grace: grace()) },
      onMore: { helper.endAtOnce() })
  }

  /// Log lines of the transport.
  static let log: LogHandler = { level, text in Log.write(level) { text } }

  private static func printText(_ text: String, to output: Int32) -> Never {
    let bytes = Array((text + "\n").utf8)
    let count = write(output, bytes, bytes.count)
    exit(count == bytes.count ? EXIT_SUCCESS : EXIT_FAILURE)
  }

  private static func fail(_ message: String, status: Int32) -> Never {
    Log.error(message)
    exit(status)
  }
}
