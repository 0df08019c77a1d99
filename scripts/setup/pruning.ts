import { utimesSync } from "node:fs";
import { mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { cachePath } from "./paths.js";

/** What no clone has used for so long goes when another version is made. */
const keptMilliseconds = 14 * 24 * 60 * 60 * 1000;

/** Notes that a clone uses this folder. */
export function markUsed(folder: string): void {
  try {
    utimesSync(folder, new Date(), new Date());
  } catch {
    // A cache that may only be read is not pruned from here.
  }
}

/**
 * Removes the folders `NAME-VERSION` that have long not been used, and what interrupted builds left. To be called while
 * set-up's lock is held.
 * @param current the folder that stays in any case
 */
export async function pruneVersions(name: string, current: string | undefined): Promise<void> {
  const isVersion = new RegExp(`^(${name}-[0-9a-f]{12}|partial-${name}-.+)$`);
  for (const entry of (await readdir(cachePath())).filter((each) => isVersion.test(each))) {
    const folder = cachePath(entry);
    const status = await stat(folder).catch(() => undefined);
    if (!status?.isDirectory() || entry === (current && basename(current))) continue;
    if (Date.now() - status.mtimeMs < keptMilliseconds) continue;
    // Taken away at once, so that an interruption leaves no half folder under a name that counts.
    const grave = await mkdtemp(cachePath(`partial-${name}-`));
    await rename(folder, join(grave, "old"));
    await rm(grave, { recursive: true, force: true });
  }
}
