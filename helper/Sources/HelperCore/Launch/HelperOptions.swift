import HelperProtocol

/// What the command line asks for.
struct HelperOptions: Equatable {
  enum Action: Equatable {
    /// Serve one client on stdin and stdout.
    case serveStandardStreams
    /// Serve any number of clients on a Unix socket; machines survive their clients.
    case listen(path: String)
    /// Carry bytes between the standard streams and a Unix socket.
    case relay(path: String)
    /// Print a text and end.
    case printText(String)
  }

  /// A command line that cannot be understood.
  struct Problem: Error, Equatable {
    let message: String
  }

  /// Seconds that running guests get to turn themselves off; bounds as in `initialize`.
  static let graceBounds = 0.0...600.0
  static let defaultGrace = 10.0

  var action = Action.serveStandardStreams
  var grace = defaultGrace

  init() {}

  /// - Parameter arguments: without the program's name.
  /// - Throws: `Problem`, with a message that says which argument is wrong and what is right.
  init(arguments: [String]) throws {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let (name, inlineValue) = Self.split(argument)
      func value() throws -> String {
        guard let value = inlineValue ?? rest.popFirst(), !value.isEmpty else {
          throw Problem(message: "\(name) needs a value")
        }
        return value
      }
      switch name {
      case "--listen": action = .listen(path: try value())
      case "--relay": action = .relay(path: try value())
      case "--grace": grace = try Self.parseGrace(try value())
      case "--version": action = .printText("vzkit-helper \(helperVersion) (protocol \(ProtocolVersion.current))")
      case "--protocol-hash": action = .printText(ProtocolVersion.hash)
      case "--help", "-h": action = .printText(Self.help)
      default: throw Problem(message: "unknown argument \(argument.debugDescription)")
      }
    }
  }

  private static func split(_ argument: String) -> (name: String, value: String?) {
    guard argument.hasPrefix("--"), let equals = argument.firstIndex(of: "=") else { return (argument, nil) }
    return (String(argument[..<equals]), String(argument[argument.index(after: equals)...]))
  }

  private static func parseGrace(_ text: String) throws -> Double {
    guard let seconds = Double(text), graceBounds.contains(seconds) else {
      throw Problem(message: "--grace takes seconds from 0 to 600, not \(text.debugDescription)")
    }
    return seconds
  }

  static let help = """
    Usage: vzkit-helper [--grace SECONDS] [--listen PATH] [--relay PATH]

    Creates and runs virtual machines. Speaks JSON-RPC 2.0 on stdin and stdout, with Content-Length headers or, when
    the first byte is { or [, one message a line. Try:

      printf '{"jsonrpc":"2.0","id":1,"method":"host.describe"}\\n' | vzkit-helper

      --listen PATH      serve clients on a Unix socket instead; machines then survive their clients, and the helper
                         ends on SIGTERM or the request "shutdown"
      --grace SECONDS    how long running guests may take to turn themselves off when the helper ends, 0 to 600;
                         10 by default. A second signal stops them at once.
      --relay PATH       carry bytes between stdin, stdout and a Unix socket of a helper, for clients on other hosts
      --version          print the version
      --protocol-hash    print the hash of the protocol definition
      --help             print this text

    Log lines go to stderr; VZKIT_LOG=error, warning, info or debug chooses how many.
    """
}

/// The helper's version; the npm package has the same one.
let helperVersion = PackageVersion.current
