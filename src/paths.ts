import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** A path as the protocol wants it: absolute, and `~/` replaced by the home folder. */
export function absolutePath(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : resolve(path);
}
