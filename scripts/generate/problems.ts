/** Where something stands in the spec: a file as the user named it, and a line counted from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
}

/** Every mistake found in the spec, thrown at once so that one run shows them all. */
export class SpecProblems extends Error {
  override readonly name = "SpecProblems";

  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.lines = lines;
  }
}

/** Collects mistakes as `file:line: message`. */
export class ProblemList {
  readonly #found: { at: Position; message: string }[] = [];

  add(at: Position, message: string): void {
    this.#found.push({ at, message });
  }

  /** @throws {SpecProblems} when anything was added, sorted by place. */
  throwIfAny(): void {
    if (this.#found.length === 0) return;
    const sorted = [...this.#found].sort((a, b) => a.at.file.localeCompare(b.at.file) || a.at.line - b.at.line);
    throw new SpecProblems(sorted.map(({ at, message }) => `${at.file}:${at.line}: ${message}`));
  }
}
