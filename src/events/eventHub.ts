import { AbortError, ConnectionClosedError } from "../base/errors.js";
import { callListener } from "./callListener.js";

type Listener<Event> = (event: Event) => void;

/** What is told when no event can come any more: an error, or undefined after an orderly end. */
type EndListener = (error: Error | undefined) => void;

/** Counts what must keep Node alive. */
export interface Hold {
  acquire(): void;
  release(): void;
}

/** The sending side of an `EventSource`. */
export class EventHub<Events extends object> {
  readonly hold: Hold;
  readonly #listeners = new Map<keyof Events, Listener<never>[]>();
  readonly #endListeners = new Set<EndListener>();
  #end: { error: Error | undefined } | undefined;

  constructor(hold: Hold) {
    this.hold = hold;
  }

  /** Set once no event can come any more. */
  get ended(): { error: Error | undefined } | undefined {
    return this.#end;
  }

  add<Name extends keyof Events>(event: Name, listener: Listener<Events[Name]>): void {
    // Lists are replaced, not changed, so that listeners can come and go while an event is told.
    if (this.#end === undefined) this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  addOnce<Name extends keyof Events>(event: Name, listener: Listener<Events[Name]>): void {
    const wrapped = Object.assign(
      (value: Events[Name]) => {
        this.remove(event, wrapped);
        listener(value);
      },
      { listener },
    );
    this.add(event, wrapped);
  }

  remove<Name extends keyof Events>(event: Name, listener: Listener<Events[Name]>): void {
    const listeners = this.#listeners.get(event) ?? [];
    const index = listeners.findLastIndex((it) => it === listener || ("listener" in it && it.listener === listener));
    if (index < 0) return;
    if (listeners.length === 1) this.#listeners.delete(event);
    else this.#listeners.set(event, listeners.toSpliced(index, 1));
  }

  /** How many listeners an event has. */
  count(event: keyof Events): number {
    return this.#listeners.get(event)?.length ?? 0;
  }

  emit<Name extends keyof Events>(event: Name, value: Events[Name]): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      callListener(listener as Listener<Events[Name]>, value);
    }
  }

  /** Waits for the next event. */
  next<Name extends keyof Events & string>(event: Name, signal?: AbortSignal): Promise<Events[Name]> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) throw abortError(event, signal);
      if (this.#end !== undefined) throw this.#end.error ?? noMore(event);
      const settle = (act: () => void) => {
        this.remove(event, onEvent);
        this.offEnd(onEnd);
        signal?.removeEventListener("abort", onAbort);
        this.hold.release();
        act();
      };
      const onEvent = (value: Events[Name]) => settle(() => resolve(value));
      const onEnd = (error: Error | undefined) => settle(() => reject(error ?? noMore(event)));
      const onAbort = () => settle(() => reject(abortError(event, signal)));
      this.hold.acquire();
      this.add(event, onEvent);
      this.onEnd(onEnd);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  onEnd(listener: EndListener): void {
    this.#endListeners.add(listener);
  }

  offEnd(listener: EndListener): void {
    this.#endListeners.delete(listener);
  }

  /** Says that no event can come any more. Only the first call counts. */
  end(error?: Error): void {
    if (this.#end !== undefined) return;
    this.#end = { error };
    for (const listener of [...this.#endListeners]) listener(error);
    this.#endListeners.clear();
    this.#listeners.clear();
  }
}

/** The error of a wait for events that its signal ended. */
export function abortError(event: string, signal: AbortSignal | undefined): Error {
  return new AbortError(`The wait for "${event}"`, signal?.reason);
}

function noMore(event: string): Error {
  return new ConnectionClosedError(`No "${event}" event can come any more: what would send it is closed`);
}
