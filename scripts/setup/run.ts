import { createWriteStream, mkdirSync } from "node:fs";
import type { Result } from "execa";
import { SetupError } from "./errors.js";
import { cachePath } from "./paths.js";
import type { Progress } from "./progress.js";

/** Loaded when first needed: with nothing to be done, it would be most of the time that set-up takes. */
const loadExeca = () => import("execa");

export interface RunOptions {
  /** Base name of the log file that keeps the whole output. */
  log: string;
  cwd?: string;
  env?: Record<string, string>;
  progress?: Progress;
  /** Let the user type, for instance sudo's password. */
  interactive?: boolean;
}

const TAIL_LINES = 15;

/**
 * Runs a command to its end. Its output goes to a log file, its last line to the progress display.
 * Throws a `SetupError` with the command, its exit status and its last lines.
 */
export async function run(command: readonly string[], options: RunOptions): Promise<void> {
  const [file = "", ...args] = command;
  mkdirSync(cachePath("logs"), { recursive: true });
  const logPath = cachePath("logs", `${options.log}.log`);
  const log = createWriteStream(logPath, { flags: "a" });
  log.write(`$ ${command.join(" ")}\n`);
  const tail: string[] = [];
  const { execa } = await loadExeca();
  const child = execa(file, args, {
    all: true,
    buffer: false,
    reject: false,
    stdin: options.interactive ? "inherit" : "ignore",
    ...(options.cwd ? { cwd: options.cwd } : {}),
    env: { LC_ALL: "C.UTF-8", ...options.env },
  });
  child.all.pipe(log);
  for await (const line of child.iterable({ from: "all" })) {
    if (!line.trim()) continue;
    options.progress?.detail(line.trim());
    tail.push(line);
    if (tail.length > TAIL_LINES) tail.shift();
  }
  const result = await child;
  if (result.failed) throw new SetupError(describeFailure(command, result, tail, logPath));
}

/** Runs a short command and gives its standard output, or undefined when it fails or does not exist. */
export async function capture(command: readonly string[], cwd?: string): Promise<string | undefined> {
  const [file = "", ...args] = command;
  const { execa } = await loadExeca();
  const result = await execa(file, args, {
    reject: false,
    stdin: "ignore",
    env: { LC_ALL: "C.UTF-8" },
    ...(cwd ? { cwd } : {}),
  });
  return result.failed ? undefined : result.stdout;
}

/** Runs a command that must succeed and gives its standard output. */
export async function captureBytes(command: readonly string[]): Promise<Buffer> {
  const [file = "", ...args] = command;
  const { execa } = await loadExeca();
  const { stdout } = await execa(file, args, { stdin: "ignore", encoding: "buffer" });
  return Buffer.from(stdout);
}

function describeFailure(
  command: readonly string[],
  result: Pick<Result, "exitCode" | "signal" | "code">,
  tail: string[],
  logPath: string,
): string {
  const how =
    result.exitCode !== undefined
      ? `exit status ${result.exitCode}`
      : result.signal
        ? `signal ${result.signal}`
        : (result.code ?? "it did not start");
  return [
    `This command failed (${how}):`,
    `  ${command.join(" ")}`,
    ...tail.map((line) => `  | ${line}`),
    `Its whole output: ${logPath}`,
  ].join("\n");
}
