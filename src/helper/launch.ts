import * as z from "zod";
import { AbortError, ConnectionClosedError, HelperExitError } from "../base/errors.js";
import { Connection } from "../connection/connection.js";
import { handshake } from "./handshake.js";
import { Helper } from "./helper.js";
import { localHost, RemoteHost } from "./helperHost.js";
import { findHelper } from "./helperPath.js";
import { HelperProcess } from "./helperProcess.js";
import { loaderFailure } from "./launchFailure.js";
import { checkOptions } from "./options.js";

/** Seconds that guests get by default to turn themselves off at the end; the helper's own default. */
const DEFAULT_GRACE = 10;

/** How a helper is launched. */
export interface LaunchOptions {
  /** The helper program. By default VZKIT_HELPER, the package for this platform, or the clone's own build. */
  path?: string | undefined;
  /**
   * A command that runs the helper elsewhere, such as `["ssh", "mac.local"]` or `["docker", "exec", "-i", "box"]`: the helper's
   * own command line is added to it. `path` is then a path of that host, `vzkit-helper` on its PATH by default, and so is every
   * other path, which must be absolute. Consoles, sockets and screenshots come by further runs of the command.
   */
  via?: readonly string[] | undefined;
  /** More arguments for the helper. */
  args?: readonly string[] | undefined;
  /** Environment variables for the helper, on top of this process's own; undefined takes one away. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * Where the helper's log goes, line by line. `ignore`, the default, keeps only the last lines, for the error that
   * tells of a helper's death.
   */
  stderr?: "inherit" | "ignore" | ((line: string) => void) | undefined;
  /**
   * Seconds that running guests get to turn themselves off when the helper is closed or this process ends, before they
   * are stopped by force; 0 to 600, 10 by default.
   */
  shutdownGrace?: number | undefined;
  /** Seconds for the handshake, null for ever; 30 by default. */
  timeout?: number | null | undefined;
  /** Gives up launching, not the helper that was launched: rejects with `AbortError` and leaves no process. */
  signal?: AbortSignal | undefined;
}

const optionsSchema: z.ZodType<LaunchOptions> = z.strictObject({
  path: z.string().min(1).optional(),
  via: z.array(z.string().min(1)).min(1).optional(),
  args: z.array(z.string()).optional(),
  env: z.record(z.string(), z.string().optional()).optional(),
  stderr: z
    .union([z.enum(["inherit", "ignore"]), z.custom<(line: string) => void>((value) => typeof value === "function")])
    .optional(),
  shutdownGrace: z.number().min(0).max(600).optional(),
  timeout: z.number().positive().nullable().optional(),
  signal: z.instanceof(AbortSignal).optional(),
});

/**
 * Starts a helper process and shakes hands with it. Close it with `await using` or `close`.
 *
 * Rejects with `HelperNotFoundError`, `HelperLaunchError`, `HelperVersionError`, `HelperExitError` when it dies at once,
 * or `TimeoutError` when it does not answer.
 */
export async function launchHelper(options: LaunchOptions = {}): Promise<Helper> {
  checkOptions("launchHelper", optionsSchema, options);
  const { args = [], env = {}, via, shutdownGrace, signal, timeout } = options;
  if (signal?.aborted === true) throw new AbortError("Launching the helper", signal.reason);
  const path = via === undefined ? findHelper(options.path) : (options.path ?? "vzkit-helper");
  const host = via === undefined ? localHost : new RemoteHost(via, path);
  const child = await HelperProcess.spawn({ path, args, env, host, onStderrLine: stderrSink(options.stderr) });
  const connection = new Connection(child);
  const onAbort = () => connection.close(() => new AbortError("Launching the helper", signal?.reason));
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const info = await handshake(connection, { helper: path, isOwn: true, shutdownGrace, timeout });
    return new Helper(connection, info, { kind: "launched", child, grace: shutdownGrace ?? DEFAULT_GRACE });
  } catch (error) {
    connection.close(() => new ConnectionClosedError("The helper could not be launched"));
    // A program with nothing else to do must not end before it hears of the failure.
    await child.gone();
    throw (error instanceof HelperExitError && loaderFailure(path, error)) || error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

function stderrSink(stderr: LaunchOptions["stderr"]): ((line: string) => void) | undefined {
  if (stderr === "inherit") return (line) => process.stderr.write(`${line}\n`);
  return typeof stderr === "function" ? stderr : undefined;
}
