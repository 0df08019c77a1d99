import { StringDecoder } from "node:string_decoder";

const LINE_LIMIT = 8 << 10;

/** Cuts a stream into lines and keeps the last ones, in bounded memory whatever is written to it. */
export class LineTail {
  readonly #capacity: number;
  readonly #onLine: ((line: string) => void) | undefined;
  readonly #decoder = new StringDecoder("utf8");
  readonly #lines: string[] = [];
  #rest = "";

  constructor(capacity: number, onLine?: (line: string) => void) {
    this.#capacity = capacity;
    this.#onLine = onLine;
  }

  /** The last lines, oldest first; a last one without a line break included. */
  get lines(): string[] {
    const all = this.#rest === "" ? this.#lines : [...this.#lines, this.#rest];
    return all.slice(-this.#capacity);
  }

  push(chunk: Buffer): void {
    const parts = (this.#rest + this.#decoder.write(chunk)).split("\n");
    this.#rest = parts.pop() ?? "";
    for (const part of parts) this.#add(part.replace(/\r$/, ""));
    // A line without an end must not grow for ever: it is broken where the limit is.
    while (this.#rest.length > LINE_LIMIT) {
      this.#add(this.#rest.slice(0, LINE_LIMIT));
      this.#rest = this.#rest.slice(LINE_LIMIT);
    }
  }

  #add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > this.#capacity) this.#lines.shift();
    this.#onLine?.(line);
  }
}
