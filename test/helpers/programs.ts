import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { execa } from "execa";

/** Options of `launchHelper` for a stand-in helper of test/fixtures/peers. */
export function peer(name: string): { path: string; args: string[] } {
  return { path: process.execPath, args: [fileURLToPath(new URL(`../fixtures/peers/${name}.mjs`, import.meta.url))] };
}

/** A program of test/fixtures/programs that is running. */
export interface Program {
  pid: number;
  /** The next line it prints; undefined at its end. */
  line(): Promise<string | undefined>;
  /** Resolves with its exit status when it is gone, undefined when a signal ended it. */
  exit: Promise<number | undefined>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts a program of test/fixtures/programs, in a process group of its own, with a helper's path and arguments. */
export function startProgram(name: string, { path, args = [] }: { path: string; args?: string[] }): Program {
  const file = fileURLToPath(new URL(`../fixtures/programs/${name}.ts`, import.meta.url));
  const child = execa(process.execPath, ["--import", "tsx", file, path, ...args], {
    reject: false,
    stdin: "ignore",
    detached: true,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? -1,
    line: async () => (await lines.next()).value,
    exit: child.then(({ exitCode }) => exitCode),
    kill: (signal) => void child.kill(signal),
  };
}
