import type { EventHub } from "./eventHub.js";
import { EventIterator, type EventIteratorOptions, type EventWaitOptions } from "./eventIterator.js";

/**
 * Emits events to listeners, promises and iterators.
 *
 * Listeners alone do not keep Node alive; a pending `once` and a pending step of an iterator do.
 */
export abstract class EventSource<Events extends object> {
  readonly #hub: EventHub<Events>;

  constructor(hub: EventHub<Events>) {
    this.#hub = hub;
  }

  /** Calls the listener for each event, in order, until `off`. */
  on<Name extends keyof Events & string>(event: Name, listener: (event: Events[Name]) => void): this {
    this.#hub.add(event, listener);
    return this;
  }

  /** Takes a listener away again; does nothing if it is not there. */
  off<Name extends keyof Events & string>(event: Name, listener: (event: Events[Name]) => void): this {
    this.#hub.remove(event, listener);
    return this;
  }

  /** Calls the listener for the next event only. */
  once<Name extends keyof Events & string>(event: Name, listener: (event: Events[Name]) => void): this;
  /**
   * Waits for the next event. Rejects with `AbortError` when aborted, and when no event can come any more,
   * because the helper is gone or the object was disposed.
   */
  once<Name extends keyof Events & string>(event: Name, options?: EventWaitOptions): Promise<Events[Name]>;
  once<Name extends keyof Events & string>(
    event: Name,
    target: ((event: Events[Name]) => void) | EventWaitOptions = {},
  ): this | Promise<Events[Name]> {
    if (typeof target !== "function") return this.#hub.next(event, target.signal);
    this.#hub.addOnce(event, target);
    return this;
  }

  /**
   * Iterates over events from now on. Events that come meanwhile are kept, up to a limit. The iterator ends when the
   * object is disposed and throws when the helper dies. Leaving the loop releases everything.
   */
  events<Name extends keyof Events & string>(
    event: Name,
    options: EventIteratorOptions = {},
  ): AsyncIterableIterator<Events[Name]> & AsyncDisposable {
    return new EventIterator(this.#hub, event, options);
  }
}
