import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** Shows a guest's console, each line marked as the guest's, and tells when awaited lines have come by. */
export class ShownConsole {
  readonly #awaited = new Map<string, () => void>();
  readonly #seen: string[] = [];

  constructor(stream: Readable, print: (line: string) => void) {
    const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    lines.on("line", (line) => {
      print(`  guest │ ${line}`);
      this.#seen.push(line);
      for (const [wanted, found] of this.#awaited) if (wanted === "" || line.includes(wanted)) found();
    });
  }

  /** Resolves when a line with this text has been printed; with no text, when any line has. */
  line(wanted = ""): Promise<void> {
    if (this.#seen.some((line) => line.includes(wanted))) return Promise.resolve();
    return new Promise((resolve) => this.#awaited.set(wanted, resolve));
  }
}
