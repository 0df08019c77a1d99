import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { projectRoot } from "../setup/paths.js";
import { runCommand, tail } from "./command.js";
import type { Check, Outcome } from "./outcome.js";

/**
 * Unpacks the tarball and links its command into a folder as npm does on installing it, the dependencies being the
 * project's own. Resolves with the command's path.
 */
async function install(tarball: string, folder: string): Promise<string> {
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, ".bin"), { recursive: true });
  await runCommand("tar", ["tar", "-xzf", tarball, "-C", modules]);
  const root = join(modules, "package");
  await symlink(join(projectRoot, "node_modules"), join(root, "node_modules"));
  const { bin } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { bin: { vzkit: string } };
  const link = join(modules, ".bin/vzkit");
  await symlink(join(root, bin.vzkit), link);
  await chmod(link, 0o755);
  return link;
}

/** Packs the package as it would be published, holds the tarball against publint and attw, and runs its command. */
export const packageCheck: Check = {
  name: "package",
  run: async (): Promise<Outcome> => {
    const folder = await mkdtemp(join(tmpdir(), "vzkit-package-"));
    try {
      const packed = await runCommand("npm pack", ["npm", "pack", "--pack-destination", folder]);
      const tarball = (await readdir(folder))[0];
      if (!packed.ok || !tarball) return { ok: false, note: `npm pack: ${packed.how}`, output: tail(packed.output) };
      const path = join(folder, tarball);
      // The client is ESM only, which attw would count as a fault for CommonJS.
      const checks = [
        ["publint", "--strict", path],
        ["attw", path, "--profile", "esm-only"],
        [await install(path, folder), "--version"],
      ];
      for (const command of checks) {
        const { ok, output, how } = await runCommand(basename(command[0] ?? ""), command);
        if (!ok) return { ok, note: `${command[0]}: ${how}`, output: tail(output) };
      }
      return { ok: true };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
