import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, Scalar, type YAMLMap } from "yaml";
import type { Position, ProblemList } from "./problems.js";

/** One parsed spec file; keeps what is needed to name a line. */
export class SpecFile {
  readonly #lines = new LineCounter();
  readonly root: Node | null;
  readonly path: string;
  readonly problems: ProblemList;

  constructor(path: string, text: string, problems: ProblemList) {
    this.path = path;
    this.problems = problems;
    const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, version: "1.2" });
    for (const error of [...document.errors, ...document.warnings]) {
      problems.add(this.#at(error.pos[0]), error.message);
    }
    this.root = document.contents;
  }

  at(node: Node | null | undefined): Position {
    return this.#at(node?.range?.[0] ?? 0);
  }

  #at(offset: number): Position {
    return { file: this.path, line: this.#lines.linePos(offset).line };
  }
}

/** One `key: value` of a mapping. */
export interface Entry {
  readonly key: string;
  readonly value: Node | null;
  readonly at: Position;
}

/** Reads one mapping of the spec, remembers which keys were asked for and reports all others. */
export class SpecMap {
  readonly #entries = new Map<string, Entry>();
  readonly #asked = new Set<string>();
  readonly file: SpecFile;
  readonly what: string;
  readonly at: Position;

  /** @param what names the mapping in messages: `field "cpuCount"`. */
  constructor(file: SpecFile, node: Node | null, what: string, fallback?: Position) {
    this.file = file;
    this.what = what;
    this.at = fallback ?? file.at(node);
    const isEmpty = node === null || (isScalar(node) && node.value === null);
    if (isMap(node)) {
      for (const entry of entriesOf(file, node as YAMLMap<Node, Node | null>, what))
        this.#entries.set(entry.key, entry);
    } else if (!isEmpty) this.problem(`${what} must be a mapping`);
  }

  problem(message: string, at: Position = this.at): void {
    this.file.problems.add(at, message);
  }

  entry(key: string): Entry | undefined {
    this.#asked.add(key);
    return this.#entries.get(key);
  }

  /** Every entry, for mappings whose keys are names the author chose. */
  all(): Entry[] {
    for (const key of this.#entries.keys()) this.#asked.add(key);
    return [...this.#entries.values()];
  }

  /** A text that must be there and say something. */
  text(key: string): string {
    const found = this.optionalText(key);
    if (found === undefined && !this.#entries.has(key)) this.problem(`${this.what} has no ${key}`);
    return found ?? "";
  }

  optionalText(key: string): string | undefined {
    const entry = this.entry(key);
    return entry === undefined ? undefined : this.textOf(entry);
  }

  textOf({ key, value, at }: Entry): string | undefined {
    if (isScalar(value) && typeof value.value === "string" && value.value.trim() !== "") {
      return value.value.trim().replace(/[ \t]*\n[ \t]*/g, "\n");
    }
    this.problem(`${key} of ${this.what} must be a text that says something`, at);
    return undefined;
  }

  /** A version: quoted, since YAML reads a bare 11.0 as the number 11. */
  version(key: string): string | undefined {
    const entry = this.entry(key);
    if (entry === undefined) return undefined;
    const { value, at } = entry;
    const quoted = isScalar(value) && (value.type === Scalar.QUOTE_DOUBLE || value.type === Scalar.QUOTE_SINGLE);
    if (!quoted) {
      this.problem(`${key} of ${this.what} must be a quoted version, such as "13.0"`, at);
      return undefined;
    }
    if (typeof value.value === "string" && /^\d+(\.\d+){1,2}$/.test(value.value)) return value.value;
    this.problem(`${key} of ${this.what} is not a version such as "13.0"`, at);
    return undefined;
  }

  boolean(key: string): boolean | undefined {
    const entry = this.entry(key);
    if (entry === undefined) return undefined;
    if (isScalar(entry.value) && typeof entry.value.value === "boolean") return entry.value.value;
    this.problem(`${key} of ${this.what} must be true or false`, entry.at);
    return undefined;
  }

  /** One text or a list of texts. */
  texts(key: string): string[] {
    const entry = this.entry(key);
    if (entry === undefined) return [];
    const nodes = isSeq(entry.value) ? (entry.value.items as Node[]) : [entry.value];
    return nodes.flatMap((value) => this.textOf({ key, value, at: value ? this.file.at(value) : entry.at }) ?? []);
  }

  /** Reports every key nobody asked for. A comma in unquoted prose ends up here. */
  finish(): void {
    for (const { key, at } of this.#entries.values()) {
      if (this.#asked.has(key)) continue;
      const known = [...this.#asked].join(", ");
      const trap = /\s/.test(key) ? " (a comma in an unquoted text starts a new key: quote the text)" : "";
      this.problem(`unknown key "${key}" in ${this.what}${trap}; known: ${known}`, at);
    }
  }
}

function entriesOf(file: SpecFile, map: YAMLMap<Node, Node | null>, what: string): Entry[] {
  return map.items.flatMap((pair) => {
    const at = file.at(pair.key);
    if (isScalar(pair.key) && typeof pair.key.value === "string")
      return [{ key: pair.key.value, value: pair.value, at }];
    file.problems.add(at, `a key of ${what} is not a text; quote it`);
    return [];
  });
}
