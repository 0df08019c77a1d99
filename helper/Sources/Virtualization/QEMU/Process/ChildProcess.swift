import CVirtualization
import Foundation
import HostSystem

/// A folder shown to a child inside its own mount namespace.
struct StagedFolder: Equatable {
  var source: String
  /// Name inside the stage; nil puts the folder in place of the stage itself.
  var name: String?
  var readOnly: Bool
}

/// What to run and with what.
struct ChildLaunch {
  var path: String
  var arguments: [String]
  /// Descriptors 3, 4, ... of the child, in this order. The child's 0 and 1 are /dev/null, 2 is collected.
  var descriptors: [Int32] = []
  var stage: (path: String, folders: [StagedFolder])?
  /// Collects what it writes to its standard output too.
  var collectsOutput = false
  /// Its memory never comes in huge pages.
  var hasSmallPages = false
}

/// A running QEMU or virtiofsd. It dies with this process, however that ends.
final class ChildProcess: @unchecked Sendable {
  enum Exit: Equatable {
    case code(Int32)
    case signal(Int32)
  }

  /// Why a program could not be started.
  struct LaunchFailure: Error, CustomStringConvertible {
    var path: String
    var step: String
    var folder: String?
    /// The system's reason: a value of `errno`.
    var number: Int32

    var description: String {
      "cannot \(step)\(folder.map { " “\($0)”" } ?? "") for \(path): \(SystemError.words(for: number))"
    }
  }

  let path: String
  let processIdentifier: pid_t
  private let pidfd: Int32
  private let messages: Int32
  /// What is asked for its output says nothing else.
  private let logsMessages: Bool
  private let lock = NSLock()
  private var tail = MessageTail()
  private var exit: Exit?
  private var exitHandler: ((Exit) -> Void)?
  private var tokens: (exit: EventLoop.Token, messages: EventLoop.Token)?

  /// Starts the program; errors name the step and the system's reason.
  static func launch(_ launch: ChildLaunch) throws -> ChildProcess {
    var pipe: [Int32] = [-1, -1]
    guard vz_pipe(&pipe) == 0 else { throw SystemError(errno, "make a pipe") }
    defer { close(pipe[1]) }
    do {
      let child = try Spawner.shared.perform { try spawn(launch, messages: pipe[1]) }
      do {
        return try ChildProcess(launch, child: child, messages: pipe[0])
      } catch {
        _ = vz_signal(child.pidfd, SIGKILL)
        close(child.pidfd)
        throw error
      }
    } catch {
      close(pipe[0])
      throw error
    }
  }

  private init(_ launch: ChildLaunch, child: vz_child, messages: Int32) throws {
    path = launch.path
    logsMessages = !launch.collectsOutput
    processIdentifier = child.pid
    pidfd = child.pidfd
    self.messages = messages
    Descriptors.makeNonBlocking(messages)
    // Both handlers keep the object alive until the child is reaped, so that no zombie stays behind.
    lock.lock()
    defer { lock.unlock() }
    let messageToken = try EventLoop.shared.add(messages) { self.readMessages() }
    let exitToken = try EventLoop.shared.add(child.pidfd) { self.reap() }
    tokens = (exitToken, messageToken)
  }

  /// The handler is called once, on the event loop, also when the child has ended already.
  func whenExited(_ handler: @escaping (Exit) -> Void) {
    lock.lock()
    let ended = exit
    if ended == nil { exitHandler = handler }
    lock.unlock()
    if let ended { handler(ended) }
  }

  func kill() {
    lock.lock()
    defer { lock.unlock() }
    // Under the lock: after the child is reaped its pidfd is closed and the number may name something else.
    if exit == nil { _ = vz_signal(pidfd, SIGKILL) }
  }

  /// Replaces the named folders of a child that was launched with a stage.
  func restage(_ path: String, folders: [StagedFolder]) throws {
    try change(folders) { binds, detail in vz_restage(pidfd, path, binds.baseAddress, binds.count, detail) }
  }

  /// Puts a new view in the place of the stage, also for what the child has open of the old one's root.
  func exchange(_ path: String, folders: [StagedFolder], over channel: ExchangeChannel) throws {
    try change(folders) { binds, detail in
      path.withCString { stage in
        var options = vz_exchange_options(
          pidfd: pidfd, pid: processIdentifier, stage: stage, binds: binds.baseAddress, bind_count: binds.count,
          channel: channel.near, far_channel: channel.far, target_channel: ExchangeChannel.numberInChild)
        return vz_exchange(&options, detail)
      }
    }
  }

  private func change(
    _ folders: [StagedFolder],
    _ body: (UnsafeBufferPointer<vz_bind>, UnsafeMutablePointer<Int32>) -> Int32
  ) throws {
    lock.lock()
    defer { lock.unlock() }
    guard exit == nil else { throw SystemError(ESRCH, "change the folders of", path: path) }
    var detail: Int32 = -1
    let code = withBinds(folders) { body($0, &detail) }
    guard code == 0 else {
      let folder = folders.indices.contains(Int(detail)) ? folders[Int(detail)].source : nil
      throw LaunchFailure(path: path, step: "share the folder", folder: folder, number: code)
    }
  }

  /// The last lines the child wrote to its standard error.
  var lastMessages: String {
    lock.lock()
    defer { lock.unlock() }
    // What it wrote just now is still in the pipe.
    if exit == nil, tokens != nil { _ = tail.read(from: messages) }
    return tail.text
  }

  private func readMessages() {
    lock.lock()
    if let tokens, tail.read(from: messages) == .end {
      EventLoop.shared.remove(tokens.messages, closing: messages)
    }
    let lines = tail.takeLines()
    lock.unlock()
    log(lines)
  }

  private func log(_ lines: [String]) {
    guard logsMessages else { return }
    let name = (path as NSString).lastPathComponent
    for line in lines { HypervisorLog.write("\(name) \(processIdentifier): \(line)", .info) }
  }

  private func reap() {
    var signaled = false
    var code: Int32 = 0
    guard vz_reap(pidfd, &signaled, &code) != 0 else { return }
    lock.lock()
    let outcome: Exit = signaled ? .signal(code) : .code(code)
    exit = outcome
    // What it said last may still be in the pipe.
    _ = tail.read(from: messages)
    if let tokens {
      EventLoop.shared.remove(tokens.exit, closing: pidfd)
      EventLoop.shared.remove(tokens.messages, closing: messages)
    }
    let handler = exitHandler
    exitHandler = nil
    let lines = tail.takeLines()
    lock.unlock()
    log(lines)
    handler?(outcome)
  }
}

private func spawn(_ launch: ChildLaunch, messages: Int32) throws -> vz_child {
  var child = vz_child()
  var step = VZ_SPAWN_NONE
  var detail: Int32 = -1
  let descriptors: [Int32] = [-1, launch.collectsOutput ? messages : -1, messages] + launch.descriptors
  var environment = ProcessInfo.processInfo.environment
  // Their messages are parsed and shown.
  environment["LC_ALL"] = "C"
  let folders = launch.stage?.folders ?? []
  let code = withCStrings([launch.path] + launch.arguments) { arguments in
    withCStrings(environment.map { "\($0.key)=\($0.value)" }) { variables in
      withBinds(folders) { binds in
        launch.path.withCString { path in
          withOptionalCString(launch.stage?.path) { stage in
            descriptors.withUnsafeBufferPointer { descriptors in
              var options = vz_spawn_options(
                path: path, argv: arguments, envp: variables, fds: descriptors.baseAddress,
                fd_count: descriptors.count, stage: stage, binds: binds.baseAddress, bind_count: binds.count,
                small_pages: launch.hasSmallPages)
              return vz_spawn(&options, &child, &step, &detail)
            }
          }
        }
      }
    }
  }
  guard code == 0 else {
    throw ChildProcess.LaunchFailure(
      path: launch.path, step: String(cString: vz_spawn_step_name(step)),
      folder: folders.indices.contains(Int(detail)) ? folders[Int(detail)].source : nil, number: code)
  }
  return child
}

private func withOptionalCString<Value>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Value) -> Value {
  guard let text else { return body(nil) }
  return text.withCString { body($0) }
}

private func withCStrings<Value>(_ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Value)
  -> Value
{
  let copies: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
  defer { for copy in copies { free(copy) } }
  return copies.withUnsafeBufferPointer { body($0.baseAddress) }
}

private func withBinds<Value>(_ folders: [StagedFolder], _ body: (UnsafeBufferPointer<vz_bind>) -> Value) -> Value {
  let copies: [UnsafeMutablePointer<CChar>?] = folders.flatMap { folder in
    [strdup(folder.source), folder.name.flatMap { strdup($0) }]
  }
  defer { for copy in copies { free(copy) } }
  let binds = folders.indices.map {
    vz_bind(source: copies[$0 * 2], name: copies[$0 * 2 + 1], read_only: folders[$0].readOnly)
  }
  return binds.withUnsafeBufferPointer(body)
}
