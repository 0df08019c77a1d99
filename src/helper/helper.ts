import { ConnectionClosedError, RequestError } from "../base/errors.js";
import { Bundles } from "../bundles/bundles.js";
import type { Connection } from "../connection/connection.js";
import type { HelperEvents } from "../connection/helperEvents.js";
import type { CallOptions, Method, RequestArguments, Result } from "../connection/requests.js";
import { EventSource } from "../events/eventSource.js";
import { Disks } from "../host/disks.js";
import { Host } from "../host/host.js";
import { Macs } from "../host/macs.js";
import { Machines } from "../machines/machines.js";
import type { InitializeResult } from "../protocol/types.generated.js";
import { RestoreImages } from "../restoreImages/restoreImages.js";
import type { HelperProcess } from "./helperProcess.js";

/** Seconds that a helper gets, on top of the guests' grace, to end in order before it is made to. */
const SHUTDOWN_MARGIN = 5;

/** Whose helper it is: one that was launched ends with its client, one that was connected to does not. */
export type HelperOrigin = { kind: "launched"; child: HelperProcess; grace: number } | { kind: "connected" };

/** How a helper is closed. */
export interface CloseOptions {
  /** Seconds that running guests get to turn themselves off; the `shutdownGrace` of the launch by default. */
  grace?: number | undefined;
}

/**
 * A helper: the process that runs machines. Tells of the events of all its machines, by their names in the protocol, and of its
 * own end by `closed`.
 *
 * Made by `launchHelper` or `connectHelper`. A helper without requests, waits or open streams does not keep Node alive.
 */
export class Helper extends EventSource<HelperEvents> implements AsyncDisposable {
  /** What the helper said about itself and its host in the handshake. */
  readonly info: InitializeResult;
  /** The machine it runs on. */
  readonly host: Host;
  /** Its virtual machines. */
  readonly machines: Machines;
  /** Machines kept as folders on its host. */
  readonly bundles: Bundles;
  /** Disk images on its host. */
  readonly disks: Disks;
  /** Restore images of macOS on its host. */
  readonly restoreImages: RestoreImages;
  /** What virtual Macs are made of. */
  readonly macs: Macs;
  readonly #connection: Connection;
  readonly #origin: HelperOrigin;
  #closing: Promise<void> | undefined;

  /** @internal */
  constructor(connection: Connection, info: InitializeResult, origin: HelperOrigin) {
    super(connection.events);
    this.info = info;
    this.#connection = connection;
    this.#origin = origin;
    this.host = new Host(connection);
    this.machines = new Machines(connection);
    this.bundles = new Bundles(connection, this.machines);
    this.disks = new Disks(connection);
    this.restoreImages = new RestoreImages(connection);
    this.macs = new Macs(connection);
  }

  /**
   * Calls a method of the protocol. Params are checked before they are sent: an unknown key is refused by name.
   *
   * Rejects with `RequestError` when the helper refuses or fails, `HelperExitError` when it dies, `TimeoutError`,
   * `AbortError`, or `ProtocolViolationError`. All carry the stack of the call; those of `ping` and `machine.state`, for
   * speed, the stack of the functions that await it.
   */
  request<Name extends Method>(method: Name, ...[params, options]: RequestArguments<Name>): Promise<Result<Name>> {
    const sending = { ...options, isChecked: true, resolvesPaths: false, callee: this.request };
    return this.#connection.send(method, params, sending) as Promise<Result<Name>>;
  }

  /** The same without a check of the params in this process, for what a newer helper takes. */
  requestUnchecked<Name extends Method>(
    method: Name,
    ...[params, options]: RequestArguments<Name>
  ): Promise<Result<Name>> {
    const sending = { ...options, isChecked: false, resolvesPaths: false, callee: this.requestUnchecked };
    return this.#connection.send(method, params, sending) as Promise<Result<Name>>;
  }

  /** Resolves when the helper has answered: it and the connection are alive. */
  async ping(options: CallOptions = {}): Promise<void> {
    await this.#connection.request("ping", undefined, options);
  }

  /**
   * Asks the helper to end: running guests are asked to turn themselves off, and stopped by force after `grace`
   * seconds. For a helper that was launched `close` does this and sees to it that the process goes.
   */
  async shutdown({ grace, ...options }: CloseOptions & CallOptions = {}): Promise<void> {
    await this.#connection.request("shutdown", grace === undefined ? {} : { grace }, options);
  }

  /** Closes the connection. A helper that was connected to goes on; one that was launched is closed as by `close`. */
  async disconnect(): Promise<void> {
    if (this.#origin.kind === "launched") return this.close();
    this.#connection.close(closedByUs, true);
  }

  /**
   * Ends a helper that was launched, and its machines: asks it to shut down, then ends its input, then sends SIGTERM and
   * SIGKILL, each with a time limit. Resolves when the process is gone, also when it was before. A helper that was
   * connected to is only left.
   */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options);
    return this.#closing;
  }

  /** Closes the helper. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close({ grace }: CloseOptions): Promise<void> {
    if (this.#origin.kind === "connected") return this.disconnect();
    const { child } = this.#origin;
    const seconds = grace ?? this.#origin.grace;
    // It answers when its guests are stopped. One that is gone or does not answer is left to the steps that follow.
    const patience = await this.shutdown({ grace: seconds, timeout: seconds + SHUTDOWN_MARGIN }).then(
      () => SHUTDOWN_MARGIN,
      (error: unknown) => (isShuttingDown(error) ? seconds + SHUTDOWN_MARGIN : 0),
    );
    await child.end(patience);
    this.#connection.close(closedByUs, true);
  }
}

function closedByUs(): Error {
  return new ConnectionClosedError("The helper was closed by this program");
}

/** Whether somebody else has asked it to end already. */
function isShuttingDown(error: unknown): boolean {
  return error instanceof RequestError && error.kind === "shuttingDown";
}
