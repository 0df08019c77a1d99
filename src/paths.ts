import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** A path as the protocol wants it: absolute, and `~/` replaced by the home folder. */
export function absolutePath(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : resolve(path);
}

/** The path of a file that is given as such or by what describes it. What is neither is left to the check of the params. */
export function pathOf(file: string | { path?: string | undefined }): string {
  const path = typeof file === "object" ? file?.path : file;
  return typeof path === "string" ? absolutePath(path) : (path as unknown as string);
}
