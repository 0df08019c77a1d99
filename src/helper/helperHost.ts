import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { basename, isAbsolute, join, normalize } from "node:path";
import { ConnectionClosedError, RemotePathError } from "../base/errors.js";
import type { Transport } from "../connection/transport.js";
import { openStream, type SocketStream } from "../streams/socketStream.js";
import { LineTail } from "./lineTail.js";
import { absolutePath } from "./paths.js";

/** How the host of a helper is reached: its paths, its sockets, and its programs. */
export interface HelperHost extends Pick<Transport, "openStream" | "resolvePath"> {
  /** Returns the command of this host that runs a command there. */
  command(command: readonly string[], env: Environment): string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** This host. */
export const localHost: HelperHost = {
  openStream,
  resolvePath: absolutePath,
  // The environment is given to the process itself.
  command: (command) => [...command],
};

/** Lines of what a relay says that an error tells. */
const TAIL_LINES = 5;

/** A host that a command such as ssh leads to, or a container. Nothing but the command's standard streams connects the two. */
export class RemoteHost implements HelperHost {
  readonly #via: readonly string[];
  readonly #helper: string;

  /**
   * @param via - The command that runs its further arguments there.
   * @param helper - The helper program there.
   */
  constructor(via: readonly string[], helper: string) {
    this.#via = via;
    this.#helper = helper;
  }

  command(command: readonly string[], env: Environment): string[] {
    const entries = Object.entries(env);
    const settings = entries.flatMap(([name, value]) => (value === undefined ? ["-u", name] : []));
    const values = entries.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
    const whole = entries.length === 0 ? command : ["env", ...settings, ...values, ...command];
    // ssh gives its arguments to a shell, in one line.
    const isShell = basename(this.#via[0] ?? "") === "ssh";
    return [...this.#via, ...(isShell ? whole.map(quoted) : whole)];
  }

  resolvePath = (path: string): string => {
    if (!isAbsolute(path)) throw new RemotePathError(path);
    return normalize(path);
  };

  /** Connects a stream to a socket there, by a helper that does nothing but relay bytes. */
  openStream = async <Stream extends SocketStream>(
    stream: Stream,
    path: string,
    what: string,
    signal?: AbortSignal,
  ): Promise<Stream> => {
    // The relay gets the other end of a socket as its standard streams, so that no byte passes through this process twice.
    const folder = await mkdtemp(join(tmpdir(), "vzkit-"));
    const server = createServer({ pauseOnConnect: true, allowHalfOpen: true });
    try {
      const door = join(folder, "s");
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(door, resolve);
      });
      const accepted = once(server, "connection") as Promise<[Socket]>;
      await openStream(stream, door, what, signal);
      const [other] = await accepted;
      this.#relay(path, other, (problem) => stream.destroy(new ConnectionClosedError(`${what}: ${problem}`)));
      return stream;
    } finally {
      server.close();
      await rm(folder, { recursive: true, force: true });
    }
  };

  #relay(path: string, socket: Socket, fail: (problem: string) => void): void {
    const [file = "", ...args] = this.command([this.#helper, "--relay", path], {});
    const relay = spawn(file, args, { stdio: [socket, socket, "pipe"], detached: true });
    // The relay has it now.
    socket.destroy();
    const tail = new LineTail(TAIL_LINES, undefined);
    relay.stderr.on("data", (chunk: Buffer) => tail.push(chunk));
    relay.on("error", (error) => fail(error.message));
    relay.on("exit", (status) => {
      if (status !== 0) fail(tail.lines.join(" ") || `the relay ended with status ${status}`);
    });
    // The stream is what keeps Node alive, as long as it is open.
    relay.unref();
    (relay.stderr as Partial<Socket>).unref?.();
  }
}

/** Returns a word of a shell's command line. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
