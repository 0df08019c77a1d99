import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The clone this script belongs to. */
export const projectRoot = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** The user's cache folder for vzkit. Everything set-up makes outside the clone is below it and may be deleted at any time. */
export function cacheRoot(): string {
  const base = process.env.XDG_CACHE_HOME;
  // The XDG rules say that a relative path is to be ignored.
  return join(base && isAbsolute(base) ? base : join(homedir(), ".cache"), "vzkit");
}

/** A path below the cache folder. */
export function cachePath(...parts: string[]): string {
  return join(cacheRoot(), ...parts);
}

/** The private Debian root that carries the tool chain where the system's own release has none. */
export function debianRoot(): string {
  return process.env.VZKIT_SWIFT_ROOT || cachePath("trixie");
}

/** The script that runs a command with the Swift tool chain, private root or not. */
export const enterScript = join(projectRoot, "scripts/toolchain/enter");
