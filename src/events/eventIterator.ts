import { EventOverflowError } from "../base/errors.js";
import { abortError, type EventHub } from "./eventHub.js";

/** Options of a wait for events. */
export interface EventWaitOptions {
  /** Ends the wait: it rejects with `AbortError`. */
  signal?: AbortSignal | undefined;
}

/** Options of a loop over events. */
export interface EventIteratorOptions extends EventWaitOptions {
  /** How many events may wait to be taken; one more ends the iterator with `EventOverflowError`. 1024 by default. */
  limit?: number | undefined;
}

interface Waiter<Value> {
  resolve(result: IteratorResult<Value, undefined>): void;
  reject(error: unknown): void;
}

const DEFAULT_LIMIT = 1024;

/** Iterates over one event of a hub. It listens from its creation, so nothing is missed before the first step. */
export class EventIterator<Events extends object, Name extends keyof Events & string>
  implements AsyncIterableIterator<Events[Name], undefined>, AsyncDisposable
{
  readonly #hub: EventHub<Events>;
  readonly #event: Name;
  readonly #limit: number;
  readonly #signal: AbortSignal | undefined;
  readonly #queue: Events[Name][] = [];
  readonly #waiters: Waiter<Events[Name]>[] = [];
  #end: { error: unknown } | undefined;

  constructor(hub: EventHub<Events>, event: Name, options: EventIteratorOptions) {
    this.#hub = hub;
    this.#event = event;
    this.#limit = options.limit ?? DEFAULT_LIMIT;
    this.#signal = options.signal;
    if (hub.ended !== undefined) this.#end = hub.ended;
    else if (this.#signal?.aborted === true) this.#end = { error: abortError(event, this.#signal) };
    else this.#listen();
  }

  next(): Promise<IteratorResult<Events[Name], undefined>> {
    const value = this.#queue.shift();
    if (value !== undefined) return Promise.resolve({ done: false, value });
    if (this.#end !== undefined) return this.#finish(this.#end);
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
      this.#hub.hold.acquire();
    });
  }

  return(): Promise<IteratorResult<Events[Name], undefined>> {
    this.#queue.length = 0;
    this.#stop(undefined);
    return Promise.resolve({ done: true, value: undefined });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  readonly #onEvent = (value: Events[Name]): void => {
    const waiter = this.#waiters.shift();
    if (waiter !== undefined) {
      this.#hub.hold.release();
      waiter.resolve({ done: false, value });
    } else if (this.#queue.length < this.#limit) {
      this.#queue.push(value);
    } else {
      this.#stop(new EventOverflowError(this.#event, this.#limit));
    }
  };

  readonly #onAbort = (): void => this.#stop(abortError(this.#event, this.#signal));

  #listen(): void {
    this.#hub.add(this.#event, this.#onEvent);
    this.#hub.onEnd(this.#stop);
    this.#signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** Ends the iterator, with an error or without; what is queued can still be taken. */
  readonly #stop = (error: unknown): void => {
    if (this.#end !== undefined) return;
    this.#end = { error };
    this.#hub.remove(this.#event, this.#onEvent);
    this.#hub.offEnd(this.#stop);
    this.#signal?.removeEventListener("abort", this.#onAbort);
    for (const waiter of this.#waiters.splice(0)) {
      this.#hub.hold.release();
      this.#finish(this.#end).then(waiter.resolve, waiter.reject);
    }
  };

  /** An error is thrown once; after it the iterator is done. */
  #finish(end: { error: unknown }): Promise<IteratorResult<Events[Name], undefined>> {
    const { error } = end;
    this.#end = { error: undefined };
    return error === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error);
  }
}
