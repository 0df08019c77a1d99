/** Names and times the steps of the demo, for its closing summary. */
export class Stopwatch {
  readonly #steps: { name: string; milliseconds: number }[] = [];
  #since: number;

  /** @param started when the first step began, in milliseconds since the epoch */
  constructor(started: number) {
    this.#since = started;
  }

  /** Ends the running step under this name and begins the next one. */
  lap(name: string): void {
    const now = Date.now();
    this.#steps.push({ name, milliseconds: now - this.#since });
    this.#since = now;
  }

  summary(): string {
    const total = this.#steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const lines = [...this.#steps, { name: "together", milliseconds: total }];
    return lines
      .map(({ name, milliseconds }) => `  ${(milliseconds / 1000).toFixed(2).padStart(7)} s  ${name}`)
      .join("\n");
  }
}
