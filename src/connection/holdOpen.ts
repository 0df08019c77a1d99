import type { Hold } from "../events/eventHub.js";

/** What keeps Node alive while it is referenced. */
export interface Referenceable {
  ref(): void;
  unref(): void;
}

/** Keeps Node alive as long as somebody holds it: requests under way and waits for events, but not an idle client. */
export class HoldOpen implements Hold {
  readonly #target: Referenceable;
  #count = 0;

  constructor(target: Referenceable) {
    this.#target = target;
    target.unref();
  }

  acquire(): void {
    if (this.#count++ === 0) this.#target.ref();
  }

  release(): void {
    if (--this.#count === 0) this.#target.unref();
  }
}
