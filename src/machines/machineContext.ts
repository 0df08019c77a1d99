import type { Connection } from "../connection/connection.js";
import type { CallOptions, Method, Result } from "../connection/requests.js";
import type { Events, machineEventNames, Requests } from "../protocol/methods.generated.js";
import type { MachineHandle } from "../protocol/types.generated.js";

/** The name of an event that is about one machine. */
export type MachineEventName = (typeof machineEventNames)[number];

/** The methods that are about one machine. */
type MachineMethod = { [Name in Method]: Requests[Name]["params"] extends { machine: string } ? Name : never }[Method];

type Handler = (event: never) => void;

/** What the parts of a machine have in common: its requests, its events and its end. */
export class MachineContext {
  readonly connection: Connection;
  readonly handle: MachineHandle;
  readonly #handlers = new Map<string, Handler>();
  readonly #endHandlers: ((error: Error | undefined) => void)[] = [];

  constructor(connection: Connection, handle: MachineHandle) {
    this.connection = connection;
    this.handle = handle;
  }

  /** Sends a request about this machine. */
  request<Name extends MachineMethod>(
    method: Name,
    params: Omit<Requests[Name]["params"], "machine">,
    options: CallOptions & { onProgress?: ((progress: Requests[Name]["progress"]) => void) | undefined } = {},
  ): Promise<Result<Name>> {
    const sending = { ...options, isChecked: true, resolvesPaths: true, callee: this.request };
    return this.connection.send(method, { machine: this.handle, ...params }, sending) as Promise<Result<Name>>;
  }

  /** Gives an event of this machine to the one part that it is for. */
  on<Name extends MachineEventName>(name: Name, handler: (event: Events[Name]) => void): void {
    this.#handlers.set(name, handler);
  }

  onEnd(handler: (error: Error | undefined) => void): void {
    this.#endHandlers.push(handler);
  }

  deliver<Name extends MachineEventName>(name: Name, event: Events[Name]): void {
    this.#handlers.get(name)?.(event as never);
  }

  /** Says that the machine is gone, with the error that ended its helper if there was one. */
  end(error: Error | undefined): void {
    for (const handler of this.#endHandlers) handler(error);
  }
}
