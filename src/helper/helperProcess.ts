import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { execa } from "execa";
import { type HelperExit, HelperExitError, HelperLaunchError } from "../base/errors.js";
import type { Failure, Transport } from "../connection/transport.js";
import { type HelperHost, localHost } from "./helperHost.js";
import { spawnFailure } from "./launchFailure.js";
import { LineTail } from "./lineTail.js";
import { workingDirectory } from "./paths.js";
import { programProblem } from "./programFormat.js";

/** Lines of stderr that an error tells. */
const TAIL_LINES = 50;
/** Milliseconds in which what a dead helper wrote last must have arrived. */
const DRAIN_TIME = 300;
/** Milliseconds for each further step of ending a helper that does not go by itself. */
const STEP_TIME = 2000;

export interface SpawnOptions {
  path: string;
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** Where it runs. */
  host: HelperHost;
  /** Takes each line that the helper writes to stderr. */
  onStderrLine: ((line: string) => void) | undefined;
}

/** A helper process: its channel, how it ends, and how it is made to. */
export class HelperProcess implements Transport {
  readonly path: string;
  readonly readable: Readable;
  readonly writable: Writable;
  /** Resolves with how the process ended, once it has. */
  readonly exit: Promise<HelperExit>;
  readonly #child: ChildProcess;
  readonly #tail: LineTail;
  readonly openStream: Transport["openStream"];
  readonly resolvePath: Transport["resolvePath"];
  #hasExited = false;

  private constructor(path: string, host: HelperHost, child: ChildProcess, tail: LineTail) {
    const { stdin, stdout, stderr } = child;
    if (stdin === null || stdout === null || stderr === null) throw new Error("the helper's streams are not pipes");
    this.path = path;
    this.openStream = host.openStream;
    this.resolvePath = host.resolvePath;
    this.#child = child;
    this.#tail = tail;
    this.readable = stdout;
    this.writable = stdin;
    stderr.on("data", (chunk: Buffer) => tail.push(chunk));
    stderr.on("error", () => {});
    this.exit = this.#waitForExit(stderr);
    // Of all that belongs to the process only stdout is ever referenced: one switch for each idle client.
    child.unref();
    for (const stream of [stdin, stderr]) unrefStream(stream);
  }

  /** Starts the program. Rejects with `HelperLaunchError` when the system cannot run it. */
  static async spawn({ path, args, env, host, onStderrLine }: SpawnOptions): Promise<HelperProcess> {
    const isLocal = host === localHost;
    const problem = isLocal ? programProblem(path) : undefined;
    if (problem !== undefined) {
      throw new HelperLaunchError(`The helper ${path} ${problem}.`, {
        hint: `Install the helper for ${process.platform} ${process.arch}, or build it here.`,
      });
    }
    const [file = "", ...rest] = host.command([path, ...args], env);
    const child = execa(file, rest, {
      stdio: "pipe",
      buffer: false,
      reject: false,
      env: isLocal ? env : {},
      // execa would ask for the working directory and fail where that was deleted.
      cwd: workingDirectory() ?? "/",
      // The end of stdin ends the helper, however this process dies; handlers on this process's signals are its own affair.
      cleanup: false,
      // In a process group of its own, so that Ctrl-C in a terminal is this program's to answer and not the helper's.
      detached: true,
    });
    if (child.pid === undefined) {
      const { cause } = await child;
      throw spawnFailure(file, cause);
    }
    return new HelperProcess(path, host, child, new LineTail(TAIL_LINES, onStderrLine));
  }

  ref(): void {
    refStream(this.readable);
  }

  unref(): void {
    unrefStream(this.readable);
  }

  kill(): void {
    if (!this.#hasExited) this.#child.kill("SIGKILL");
  }

  /** The helper's own end. A helper that only closes its channel, and can be of no more use, is ended. */
  async whyEnded(): Promise<Failure> {
    this.#child.ref();
    if (!(await this.#exitsWithin(STEP_TIME))) this.kill();
    const exit = await this.exit;
    return () => new HelperExitError(exit);
  }

  /**
   * Ends the process in steps: waits `patience` seconds for it to go by itself, then ends its input, then SIGTERM, then
   * SIGKILL, two seconds after each other.
   */
  async end(patience: number): Promise<HelperExit> {
    this.#child.ref();
    try {
      if (await this.#exitsWithin(patience * 1000)) return await this.exit;
      this.writable.end();
      if (await this.#exitsWithin(STEP_TIME)) return await this.exit;
      this.#child.kill("SIGTERM");
      if (await this.#exitsWithin(STEP_TIME)) return await this.exit;
      this.kill();
      return await this.exit;
    } finally {
      this.#child.unref();
    }
  }

  /** Resolves when the process, which somebody ends, is gone. Until then Node stays alive. */
  async gone(): Promise<void> {
    this.#child.ref();
    await this.exit;
  }

  async #waitForExit(stderr: Readable): Promise<HelperExit> {
    const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
      this.#child.once("exit", (code, name) => resolve([code, name]));
    });
    this.#hasExited = true;
    // A grandchild can hold the pipes open, so their end is not waited for without a limit.
    await settlesWithin(DRAIN_TIME, Promise.all([ended(stderr), ended(this.readable)]));
    this.readable.destroy();
    return { exitCode, signal, stderr: this.#tail.lines };
  }

  #exitsWithin(milliseconds: number): Promise<boolean> {
    return settlesWithin(milliseconds, this.exit);
  }
}

/** Whether a promise that never rejects settles in time. */
function settlesWithin(milliseconds: number, promise: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds, false);
    void promise.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

function ended(stream: Readable): Promise<void> {
  if (stream.readableEnded || stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    stream.once("end", resolve);
    stream.once("close", resolve);
  });
}

// Pipes to a child are sockets, which can be referenced; the type of a stream does not say so.
function refStream(stream: Readable | Writable): void {
  (stream as { ref?(): void }).ref?.();
}

function unrefStream(stream: Readable | Writable): void {
  (stream as { unref?(): void }).unref?.();
}
