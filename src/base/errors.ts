import { type ErrorKind, errorKinds } from "../protocol/errors.generated.js";
import type { AppleError, ErrorInfo } from "../protocol/types.generated.js";

/** What all errors of this library have in common. */
export abstract class VzkitError extends Error {
  /** Stable name of what went wrong; the set is open. */
  abstract readonly kind: string;
  /** What to do about it, when there is something to do. */
  readonly hint: string | undefined;

  constructor(message: string, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
  }
}

/** Names a class of errors for good: minifiers change what a class is called. */
function nameErrors(errors: { prototype: VzkitError }, name: string): void {
  // On the prototype, so that it is not printed as a property of every error; writable as with Node's own errors.
  Object.defineProperty(errors.prototype, "name", { value: name, writable: true, configurable: true });
}

export interface RequestErrorDetails {
  method: string;
  kind: ErrorKind;
  code: number;
  message: string;
  path?: string | undefined;
  /** What to do; that of the kind by default. */
  hint?: string | undefined;
  apple?: AppleError | undefined;
  data?: unknown;
}

/** The helper refused or failed a request, or the request was refused here before it was sent. */
export class RequestError extends VzkitError {
  static {
    nameErrors(RequestError, "RequestError");
  }

  /** Stable name of the error, such as `machineNotFound`; see the protocol's table of errors. The set is open. */
  readonly kind: ErrorKind;
  /** The JSON-RPC error code. */
  readonly code: number;
  /** The method that failed, such as `machine.start`. */
  readonly method: string;
  /** For `invalidParams`: the param at fault, such as `configuration.storageDevices[0].attachment.path`. */
  readonly path: string | undefined;
  /** The framework's own error, with the chain of its causes. */
  readonly apple: AppleError | undefined;
  /** Everything the helper sent along, unchecked. */
  readonly data: unknown;

  constructor(details: RequestErrorDetails) {
    super(details.message, { hint: details.hint ?? hintOf(details.kind) });
    this.kind = details.kind;
    this.code = details.code;
    this.method = details.method;
    this.path = details.path;
    this.apple = details.apple;
    this.data = details.data;
  }
}

/** A request was cancelled by its `AbortSignal`; `cause` is the signal's reason. */
export class AbortError extends VzkitError {
  static {
    nameErrors(AbortError, "AbortError");
  }

  /** Stable name of the error. */
  readonly kind = "requestCancelled";

  constructor(what: string, reason: unknown) {
    super(`${what} was cancelled`, { cause: reason });
  }
}

/** The helper did not answer in time. What it was asked to do may still happen. */
export class TimeoutError extends VzkitError {
  static {
    nameErrors(TimeoutError, "TimeoutError");
  }

  /** Stable name of the error. */
  readonly kind = "timedOut";
  /** Seconds that were waited. */
  readonly seconds: number;

  constructor(what: string, seconds: number) {
    super(`${what} got no answer within ${seconds} s`, {
      hint: "Give the option `timeout` more seconds, or null to wait for ever.",
    });
    this.seconds = seconds;
  }
}

/** No helper program was found. The message lists every place that was looked at. */
export class HelperNotFoundError extends VzkitError {
  static {
    nameErrors(HelperNotFoundError, "HelperNotFoundError");
  }

  /** Stable name of the error. */
  readonly kind = "helperNotFound";
}

/** The helper program could not be started or did not complete the handshake. */
export class HelperLaunchError extends VzkitError {
  static {
    nameErrors(HelperLaunchError, "HelperLaunchError");
  }

  /** Stable name of the error. */
  readonly kind = "helperLaunchFailed";
}

/** A relative path cannot be used, since the working directory of this process was deleted. */
export class WorkingDirectoryError extends VzkitError {
  static {
    nameErrors(WorkingDirectoryError, "WorkingDirectoryError");
  }

  /** Stable name of the error. */
  readonly kind = "workingDirectoryMissing";

  constructor(path: string) {
    super(`The working directory was deleted, so that the relative path ${JSON.stringify(path)} leads nowhere`, {
      hint: "Give an absolute path, or change to a folder that exists.",
    });
  }
}

/** A relative path has no meaning on the host of a helper that was launched elsewhere. */
export class RemotePathError extends VzkitError {
  static {
    nameErrors(RemotePathError, "RemotePathError");
  }

  /** Stable name of the error. */
  readonly kind = "relativeRemotePath";

  constructor(path: string) {
    super(`The helper runs on another host, where the path ${JSON.stringify(path)} has no meaning`, {
      hint: "Give an absolute path of that host.",
    });
  }
}

/** Helper and client do not belong together. */
export class HelperVersionError extends VzkitError {
  static {
    nameErrors(HelperVersionError, "HelperVersionError");
  }

  /** Stable name of the error. */
  readonly kind = "unsupportedProtocolVersion";
}

/** How a helper process ended. */
export interface HelperExit {
  /** The exit status, or null when a signal ended it. */
  readonly exitCode: number | null;
  /** The signal that ended it, such as `SIGKILL`, or null. */
  readonly signal: NodeJS.Signals | null;
  /** The last lines it wrote to stderr. */
  readonly stderr: readonly string[];
}

/** The helper process ended while it was still needed. All calls fail with it, those under way and later ones. */
export class HelperExitError extends VzkitError implements HelperExit {
  static {
    nameErrors(HelperExitError, "HelperExitError");
  }

  /** Stable name of the error. */
  readonly kind = "helperExited";
  /** The exit status, or null when a signal ended it. */
  readonly exitCode: number | null;
  /** The signal that ended it, such as `SIGKILL`, or null. */
  readonly signal: NodeJS.Signals | null;
  /** The last lines it wrote to stderr. */
  readonly stderr: readonly string[];

  constructor(exit: HelperExit) {
    const how = exit.signal === null ? `exited with status ${exit.exitCode}` : `was killed by ${exit.signal}`;
    const log = exit.stderr.length === 0 ? "; it wrote nothing to stderr" : `; its last words:\n${indent(exit.stderr)}`;
    super(`The helper ${how}${log}`, { hint: "Launch a new helper; the machines of this one are gone." });
    this.exitCode = exit.exitCode;
    this.signal = exit.signal;
    this.stderr = exit.stderr;
  }
}

/** The connection to a helper is closed, by either side. */
export class ConnectionClosedError extends VzkitError {
  static {
    nameErrors(ConnectionClosedError, "ConnectionClosedError");
  }

  /** Stable name of the error. */
  readonly kind = "connectionClosed";
}

/** The helper sent something that is not the protocol. The connection is closed and a launched helper killed. */
export class ProtocolViolationError extends VzkitError {
  static {
    nameErrors(ProtocolViolationError, "ProtocolViolationError");
  }

  /** Stable name of the error. */
  readonly kind = "protocolViolation";
  /** The beginning of what was received instead. */
  readonly bytes: Buffer;
  readonly #problem: string;

  constructor(problem: string, bytes: Buffer) {
    const excerpt = bytes.subarray(0, 200);
    const shown = JSON.stringify(excerpt.toString("utf8"));
    super(`The helper sent something that is not the protocol: ${problem}: ${shown}`, {
      hint: "Nothing but the protocol may be written to the helper's standard output.",
    });
    this.bytes = Buffer.from(excerpt);
    this.#problem = problem;
  }

  /** The same error with a stack of its own, for another call that fails with it. */
  copy(): ProtocolViolationError {
    return new ProtocolViolationError(this.#problem, this.bytes);
  }
}

/** Events came faster than they were taken from an iterator, and more than it may hold have gathered. */
export class EventOverflowError extends VzkitError {
  static {
    nameErrors(EventOverflowError, "EventOverflowError");
  }

  /** Stable name of the error. */
  readonly kind = "eventOverflow";

  constructor(event: string, limit: number) {
    super(`More than ${limit} "${event}" events wait for their iterator`, {
      hint: "Take events as they come, or use a listener.",
    });
  }
}

/** The hint that belongs to a kind of error, for the `error` of an event. */
export function hintOf(kind: ErrorInfo["kind"]): string | undefined {
  return Object.hasOwn(errorKinds, kind) ? errorKinds[kind as keyof typeof errorKinds].hint : undefined;
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join("\n");
}
