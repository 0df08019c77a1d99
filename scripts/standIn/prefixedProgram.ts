import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { execa } from "execa";

const SETPRIV = "/usr/bin/setpriv";

/** A Node program whose every line of output, errors too, is handed on. It ends with this process, however that ends. */
export class PrefixedProgram {
  /** Resolves with its exit status, undefined when a signal ended it. */
  readonly exit: Promise<number | undefined>;
  readonly #process;
  #wasInterrupted = false;

  constructor(
    args: readonly string[],
    { cwd, env }: { cwd: string; env: Record<string, string> },
    say: (line: string) => void,
  ) {
    const node = [process.execPath, ...args];
    const [file = "", ...rest] = existsSync(SETPRIV) ? [SETPRIV, "--pdeathsig", "TERM", ...node] : node;
    this.#process = execa(file, rest, { cwd, env, stdin: "ignore", reject: false, buffer: false });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      createInterface({ input: stream }).on("line", say);
    // Ctrl-C reaches both, and the program ends in its own way.
    const onInterrupt = () => {
      this.#wasInterrupted = true;
    };
    const onTerminate = () => {
      this.#wasInterrupted = true;
      this.#process.kill("SIGTERM");
    };
    process.on("SIGINT", onInterrupt).on("SIGTERM", onTerminate);
    this.exit = this.#process.then(({ exitCode }) => {
      process.off("SIGINT", onInterrupt).off("SIGTERM", onTerminate);
      return exitCode;
    });
  }

  /** Whether this process was told to end meanwhile. */
  get wasInterrupted(): boolean {
    return this.#wasInterrupted;
  }

  /** What Ctrl-C does to it. */
  interrupt(): void {
    this.#process.kill("SIGINT");
  }
}
