import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../src/helper/cacheFolder.js";

/** The clone this script belongs to. */
export const projectRoot = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Returns a path below the cache folder, which holds everything that set-up makes outside the clone. */
export function cachePath(...parts: string[]): string {
  return join(cacheFolder(), ...parts);
}

/** The private Debian root that carries the tool chain where the system's own release has none. */
export function debianRoot(): string {
  return process.env.VZKIT_SWIFT_ROOT || cachePath("trixie");
}

/** The script that runs a command with the Swift tool chain, private root or not. */
export const enterScript = join(projectRoot, "scripts/toolchain/enter");
