import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { WorkingDirectoryError } from "./errors.js";

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

/** Returns the path of a file given as such or by what describes it; the check of the params refuses anything else. */
export function pathOf(file: string | { path?: string | undefined }): string {
  const path = typeof file === "object" ? file?.path : file;
  return typeof path === "string" ? absolutePath(path) : (path as unknown as string);
}
