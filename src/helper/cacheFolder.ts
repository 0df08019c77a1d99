import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Returns the user's cache folder for vzkit. All that is below it can be made again. */
export function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME;
  // The XDG rules say that a relative path is to be ignored.
  return join(base && isAbsolute(base) ? base : join(homedir(), ".cache"), "vzkit");
}
