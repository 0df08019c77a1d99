import { readlinkSync, utimesSync } from "node:fs";
import { mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { cachePath } from "./paths.js";

/** Guests that no clone has used for so long go when another is built. */
const keptMilliseconds = 14 * 24 * 60 * 60 * 1000;

const isGuest = (name: string) => /^(guest-[0-9a-f]{12}|partial-guest-.+)$/.test(name);

/** Notes that a clone uses this guest. */
export function markUsed(folder: string): void {
  try {
    utimesSync(folder, new Date(), new Date());
  } catch {
    // A cache that may only be read is not pruned from here.
  }
}

/** Removes guests of other versions, and what interrupted builds left. To be called while set-up's lock is held. */
export async function pruneGuests(): Promise<void> {
  const current = linkedGuest();
  for (const name of (await readdir(cachePath())).filter(isGuest)) {
    const folder = cachePath(name);
    const status = await stat(folder).catch(() => undefined);
    if (!status?.isDirectory() || name === current || Date.now() - status.mtimeMs < keptMilliseconds) continue;
    // Taken away at once, so that an interruption leaves no half guest under a name that counts.
    const grave = await mkdtemp(cachePath("partial-guest-"));
    await rename(folder, join(grave, "image"));
    await rm(grave, { recursive: true, force: true });
  }
}

function linkedGuest(): string | undefined {
  try {
    return basename(readlinkSync(cachePath("guest")));
  } catch {
    return undefined;
  }
}
