import type { CancellationToken, Disposable } from "vscode-jsonrpc/node";
import { AbortError, TimeoutError } from "../base/errors.js";

/** Seconds that the helper gets to answer a cancelled request. */
const CANCEL_GRACE = 5;
/** The longest delay of a Node timer in milliseconds; a longer one would fire at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** What settles the promise of a call. */
export interface Settler {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * A request under way: its promise, time limit and signal. It is vscode-jsonrpc's cancellation token as well, since
 * an object more for each request costs what can be measured.
 */
export class PendingCall implements CancellationToken {
  readonly method: string;
  isCancellationRequested = false;
  readonly #settler: Settler;
  readonly #signal: AbortSignal | undefined;
  /** The stack of the call: answers arrive on one of the event loop, which tells nothing. */
  readonly #site: { stack?: string } = {};
  #cancel: ((event: undefined) => unknown) | undefined;
  #onAbort: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #onFinish: ((call: PendingCall) => void) | undefined;

  // biome-ignore lint/complexity/noBannedTypes: the parameter of Error.captureStackTrace
  constructor(method: string, signal: AbortSignal | undefined, callee: Function | undefined, settler: Settler) {
    this.method = method;
    this.#signal = signal;
    this.#settler = settler;
    if (callee !== undefined) Error.captureStackTrace(this.#site, callee);
  }

  /** Arms the time limit and the signal; `onFinish` is called once when the call is settled. */
  start(seconds: number | null, onFinish: (call: PendingCall) => void): void {
    this.#onFinish = onFinish;
    if (seconds !== null) this.#timer = after(seconds, () => this.#expire(seconds));
    if (this.#signal === undefined) return;
    this.#onAbort = () => this.#abort();
    this.#signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  succeed(result: unknown): void {
    if (this.#finish()) this.#settler.resolve(result);
  }

  fail(error: Error): void {
    if (this.#finish()) this.refuse(error);
  }

  /** Fails a call that was never started. */
  refuse(error: Error): void {
    this.#settler.reject(this.#blame(error));
  }

  /** The error of a call that its signal ended, if that is so. */
  abortError(): AbortError | undefined {
    return this.#signal?.aborted === true ? new AbortError(this.method, this.#signal.reason) : undefined;
  }

  onCancellationRequested(listener: (event: undefined) => unknown): Disposable {
    this.#cancel = listener;
    return this;
  }

  dispose(): void {
    this.#cancel = undefined;
  }

  #expire(seconds: number): void {
    this.#requestCancellation();
    this.fail(new TimeoutError(this.method, seconds));
  }

  #abort(): void {
    clearTimeout(this.#timer);
    this.#timer = after(CANCEL_GRACE, () => this.fail(new AbortError(this.method, this.#signal?.reason)));
    this.#requestCancellation();
  }

  #requestCancellation(): void {
    this.isCancellationRequested = true;
    this.#cancel?.(undefined);
  }

  /** Whether this is the first answer. */
  #finish(): boolean {
    const onFinish = this.#onFinish;
    if (onFinish === undefined) return false;
    this.#onFinish = undefined;
    clearTimeout(this.#timer);
    if (this.#onAbort !== undefined) this.#signal?.removeEventListener("abort", this.#onAbort);
    onFinish(this);
    return true;
  }

  #blame(error: Error): Error {
    if (this.#site.stack === undefined) return error;
    const frames = this.#site.stack.split("\n").slice(1);
    error.stack = [`${error.name}: ${error.message}`, ...frames].join("\n");
    return error;
  }
}

// Time limits alone do not keep Node alive: the pending call does.
function after(seconds: number, act: () => void): NodeJS.Timeout | undefined {
  const delay = seconds * 1000;
  return delay > LONGEST_DELAY ? undefined : setTimeout(act, delay).unref();
}
