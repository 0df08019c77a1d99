import { mkdtempSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packClient } from "../pack/client.js";
import { packHelper } from "../pack/helper.js";
import { withLock } from "../setup/lock.mjs";

/** The variable that names the folder in which all processes of one test run keep the packages that they share. */
export const PACKAGES_VARIABLE = "VZKIT_TEST_PACKAGES";

/** Returns the path of the packed client, which the first to ask in a test run packs. */
export const packedClient = (): Promise<string> => packed("client", packClient);

/** Returns the path of the packed helper of this platform, which the first to ask in a test run builds and packs. */
export const packedHelper = (): Promise<string> => packed("helper", packHelper);

async function packed(name: string, pack: (target: string) => Promise<string>): Promise<string> {
  const shared = process.env[PACKAGES_VARIABLE];
  if (!shared) throw new Error(`${PACKAGES_VARIABLE} names no folder: run the tests with vitest or npm test.`);
  await mkdir(shared, { recursive: true });
  const folder = join(shared, name);
  return withLock(
    `${folder}.lock`,
    `Packing the ${name}`,
    () => {},
    async () => {
      const [tarball] = await readdir(folder).catch(() => []);
      if (tarball !== undefined) return join(folder, tarball);
      // Gets its name when it is whole: whoever packs may be killed.
      const unfinished = `${folder}.unfinished`;
      await rm(unfinished, { recursive: true, force: true });
      await pack(unfinished);
      await rename(unfinished, folder);
      const [made = ""] = await readdir(folder);
      return join(folder, made);
    },
  );
}

/**
 * Begins a test run, as vitest's `globalSetup`: gives it a folder for packages unless it is part of a larger run that has
 * one. Returns what ends it.
 */
export default function beginTestRun(): (() => Promise<void>) | undefined {
  if (process.env[PACKAGES_VARIABLE]) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "vzkit-packed-"));
  process.env[PACKAGES_VARIABLE] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
