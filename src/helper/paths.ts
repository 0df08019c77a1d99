import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { WorkingDirectoryError } from "../base/errors.js";

/**
 * Returns a path as the protocol wants it: absolute, and `~/` replaced by the home folder. Throws
 * `WorkingDirectoryError` for a relative path in a working directory that was deleted.
 */
export function absolutePath(path: string): string {
  if (path === "~" || path.startsWith("~/")) return join(homedir(), path.slice(1));
  if (!isAbsolute(path) && workingDirectory() === undefined) throw new WorkingDirectoryError(path);
  return resolve(path);
}

/** Returns this process's working directory, or undefined when it was deleted. */
export function workingDirectory(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
