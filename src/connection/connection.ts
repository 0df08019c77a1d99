import { createMessageConnection, type MessageConnection, ResponseError } from "vscode-jsonrpc/node";
import { ConnectionClosedError, ProtocolViolationError, RequestError, VzkitError } from "../base/errors.js";
import { EventHub } from "../events/eventHub.js";
import { errorKinds } from "../protocol/errors.generated.js";
import { type Events, type MethodInfo, methods } from "../protocol/methods.generated.js";
import { eventSchemas } from "../protocol/schemas.generated.js";
import type { SocketStream } from "../streams/socketStream.js";
import type { HelperEvents } from "./helperEvents.js";
import { HoldOpen } from "./holdOpen.js";
import { HelperMessageReader } from "./messageReader.js";
import type { NotificationMessage } from "./messages.js";
import { HelperMessageWriter, type Refusal } from "./messageWriter.js";
import { resolvePaths } from "./paths.js";
import { PendingCall } from "./pendingCall.js";
import { ProgressTable } from "./progress.js";
import { reviveError } from "./requestError.js";
import type { CallOptions, Method, RequestArguments, Result } from "./requests.js";
import type { Failure, Transport } from "./transport.js";
import { checkParams, checkReceived, checkResult } from "./validation.js";

/** Messages above this many bytes are neither sent nor taken; the helper's own limit is the same. */
const FRAME_LIMIT = 64 << 20;
/** Seconds to wait for the answer to a method that this client does not know. */
const DEFAULT_TIMEOUT = 60;

const SILENT_LOGGER = { error() {}, warn() {}, info() {}, log() {} };

/** What `send` needs besides the request. */
export interface SendOptions extends CallOptions {
  onProgress?: ((progress: never) => void) | undefined;
  /** Whether the params are checked here before they are sent. */
  isChecked: boolean;
  /** Whether paths in the params may be relative to this program's folder. */
  resolvesPaths: boolean;
  /** The function that the program called: what it called in turn is left out of the stacks of errors. */
  // biome-ignore lint/complexity/noBannedTypes: the parameter of Error.captureStackTrace
  callee: Function;
}

/** Typed requests and events over a transport. */
export class Connection {
  /** Keeps Node alive while something waits for the helper. */
  readonly hold: HoldOpen;
  readonly events: EventHub<HelperEvents>;
  readonly #transport: Transport;
  readonly #writer: HelperMessageWriter;
  readonly #rpc: MessageConnection;
  readonly #progress = new ProgressTable();
  readonly #pending = new Set<PendingCall>();
  #failure: Failure | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
    this.hold = new HoldOpen(transport);
    this.events = new EventHub(this.hold);
    const reader = new HelperMessageReader(transport.readable, FRAME_LIMIT, (message) => this.#onNotification(message));
    this.#writer = new HelperMessageWriter(transport.writable, FRAME_LIMIT);
    // With bounded parallelism vscode-jsonrpc settles responses as they are read instead of one each turn of the
    // event loop. The bound itself is for requests from the other side, of which there are none.
    this.#rpc = createMessageConnection(reader, this.#writer, SILENT_LOGGER, { maxParallelism: 1 });
    reader.onError((error) => this.#onReadError(error));
    reader.onClose(() => this.#onEnd());
    this.#writer.onError(() => this.#onEnd());
    this.#rpc.listen();
  }

  /** Whether requests can no longer be sent. */
  get isClosed(): boolean {
    return this.#failure !== undefined;
  }

  /** Sends a request and waits for its result. Errors carry the stack of the call. */
  request<Name extends Method>(method: Name, ...[params, options]: RequestArguments<Name>): Promise<Result<Name>> {
    const sending = { ...options, isChecked: true, resolvesPaths: true, callee: this.request };
    return this.send(method, params, sending) as Promise<Result<Name>>;
  }

  /** Connects a stream to a Unix socket that the helper named. */
  openStream<Stream extends SocketStream>(
    stream: Stream,
    path: string,
    what: string,
    signal?: AbortSignal,
  ): Promise<Stream> {
    return this.#transport.openStream(stream, path, what, signal);
  }

  /** Returns a path of this program as an absolute path of the helper's host. */
  resolvePath(path: string): string {
    return this.#transport.resolvePath(path);
  }

  /** The untyped `request`. */
  send(method: string, params: unknown, options: SendOptions): Promise<unknown> {
    // Taking the stack of a call would double the cost of a frequent one.
    if (infoOf(method)?.isFrequent !== true) return this.#send(method, params, options, options.callee);
    return onStackOfAwaiter(this.#send(method, params, options, undefined));
  }

  // biome-ignore lint/complexity/noBannedTypes: the parameter of Error.captureStackTrace
  #send(method: string, params: unknown, options: SendOptions, callee: Function | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const call = new PendingCall(method, options.signal, callee, { resolve, reject });
      const prepared = this.#prepare(method, params, options);
      const refusal = this.#failure?.() ?? prepared.refusal ?? call.abortError();
      if (refusal !== undefined) call.refuse(refusal);
      else this.#start(call, prepared.params, options);
    });
  }

  #prepare(method: string, given: unknown, options: SendOptions): { params: unknown; refusal: Error | undefined } {
    try {
      const params = options.resolvesPaths ? resolvePaths(method, given, (path) => this.resolvePath(path)) : given;
      return { params, refusal: options.isChecked ? checkParams(method, params) : undefined };
    } catch (error) {
      // A path that means nothing, such as a relative one in a folder that was deleted.
      if (error instanceof VzkitError) return { params: given, refusal: error };
      throw error;
    }
  }

  /**
   * Makes every pending and later call fail, and cuts the channel; only the first call counts. Loops over events end
   * with the failure too, unless the end is orderly.
   */
  close(failure: Failure, isOrderly = false): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    for (const call of [...this.#pending]) call.fail(failure());
    const error = isOrderly ? undefined : failure();
    this.events.emit("closed", { error });
    this.events.end(error);
    this.#rpc.dispose();
    this.#transport.kill();
  }

  #start(call: PendingCall, params: unknown, options: SendOptions): void {
    this.#pending.add(call);
    this.hold.acquire();
    call.start(options.timeout === undefined ? timeoutOf(call.method) : options.timeout, this.#onFinish);
    const sent = options.onProgress === undefined ? params : this.#progress.add(call, params, options.onProgress);
    // A first argument that is undefined would travel as params [null].
    const answer =
      sent === undefined ? this.#rpc.sendRequest(call.method, call) : this.#rpc.sendRequest(call.method, sent, call);
    const refusal = this.#writer.takeRefusal();
    if (refusal !== undefined) call.fail(refusalError(call.method, refusal));
    answer.then(
      (result) => this.#onResult(call, result),
      (error: unknown) => this.#onError(call, error),
    );
  }

  readonly #onFinish = (call: PendingCall): void => {
    this.#pending.delete(call);
    this.#progress.remove(call);
    this.hold.release();
  };

  #onResult(call: PendingCall, result: unknown): void {
    const problem = checkResult(call.method, result);
    if (problem === undefined) call.succeed(result);
    else call.fail(problem);
  }

  #onError(call: PendingCall, error: unknown): void {
    // Closing settles the calls itself; everything else that fails here is an answer.
    if (!(error instanceof ResponseError)) return;
    const revived = reviveError(call.method, error);
    const wasCancelled = revived.kind === "requestCancelled" || revived.kind === "operationCancelled";
    call.fail((wasCancelled ? call.abortError() : undefined) ?? revived);
  }

  #onNotification({ method, params }: NotificationMessage): void {
    if (method === "$/progress") {
      const problem = this.#progress.deliver(params);
      if (problem !== undefined) throw problem;
    } else if (isEventName(method)) {
      const problem = checkReceived(`an event ${method}`, eventSchemas[method], params);
      if (problem !== undefined) throw problem;
      this.events.emit(method, params as never);
    }
    // Anything else is an event of a newer helper.
  }

  #onReadError(error: Error): void {
    if (error instanceof ProtocolViolationError) this.close(() => error.copy());
    else this.#onEnd();
  }

  #onEnd(): void {
    if (this.#failure === undefined) void this.#transport.whyEnded().then((failure) => this.close(failure));
  }
}

/** Gives the error of a promise, if there is one, the stack of the functions that await it. */
async function onStackOfAwaiter<Value>(promise: Promise<Value>): Promise<Value> {
  try {
    return await promise;
  } catch (error) {
    // Here V8 still knows who awaits, and only failures pay for it.
    if (error instanceof Error) Error.captureStackTrace(error, onStackOfAwaiter);
    throw error;
  }
}

function isEventName(method: string): method is keyof Events {
  return Object.hasOwn(eventSchemas, method);
}

function infoOf(method: string): MethodInfo | undefined {
  return Object.hasOwn(methods, method) ? methods[method as Method] : undefined;
}

function timeoutOf(method: string): number | null {
  const known = infoOf(method);
  return known === undefined ? DEFAULT_TIMEOUT : known.timeoutSeconds;
}

function refusalError(method: string, { kind, message }: Refusal): Error {
  if (kind === "connectionClosed") return new ConnectionClosedError(`${method} was not sent: ${message}`);
  return new RequestError({ method, kind, code: errorKinds[kind].code, message: `${method} was not sent: ${message}` });
}
