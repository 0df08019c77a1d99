import { chmod, mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { projectRoot } from "../../scripts/setup/paths.js";

const modules = (folder: string) => join(folder, "node_modules");

/** Puts a packed package into a project as npm does, without asking a registry. */
export async function unpack(tarball: string, folder: string, name: string): Promise<void> {
  const target = join(modules(folder), name);
  await mkdir(target, { recursive: true });
  await execa("tar", ["-xzf", tarball, "-C", target, "--strip-components", "1"]);
}

/** Puts the packed client, its command and what it depends on into a project; nothing that only the clone needs. */
export async function installClient(tarball: string, folder: string): Promise<void> {
  await unpack(tarball, folder, "vzkit");
  const manifest = await readManifest(folder, "vzkit");
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    await symlink(join(projectRoot, "node_modules", name), join(modules(folder), name));
  }
  const program = join(modules(folder), "vzkit", manifest.bin?.vzkit ?? "");
  await chmod(program, 0o755);
  await mkdir(join(modules(folder), ".bin"));
  await symlink(program, join(modules(folder), ".bin/vzkit"));
}

export interface InstalledManifest {
  version: string;
  bin?: Record<string, string>;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}

export async function readManifest(folder: string, name: string): Promise<InstalledManifest> {
  return JSON.parse(await readFile(join(modules(folder), name, "package.json"), "utf8")) as InstalledManifest;
}
