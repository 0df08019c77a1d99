import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { cachePath } from "../../scripts/setup/paths.js";

/**
 * Variables that give helpers a cache of their own below `folder`, with the usual tools in it: the virtual Macs that other
 * programs of this user run at the moment do not count there.
 */
export async function separateCache(folder: string): Promise<{ XDG_CACHE_HOME: string }> {
  const cache = join(folder, "cache");
  await mkdir(join(cache, "vzkit"), { recursive: true });
  await symlink(cachePath("bin"), join(cache, "vzkit/bin"));
  return { XDG_CACHE_HOME: cache };
}
