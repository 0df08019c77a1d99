import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { projectRoot } from "../setup/paths.js";

/**
 * Packs a package that is laid out in a folder of its own: the clone's own manifest and files stay as they are.
 *
 * @param name name of the folder, below .build
 * @param fill puts the package's files into the folder, which is empty
 * @param target folder of the tarball
 * @returns the tarball's path
 */
export async function packStage(
  name: string,
  manifest: Record<string, unknown>,
  fill: (stage: string) => Promise<void>,
  target: string,
): Promise<string> {
  const stage = join(projectRoot, ".build/packages", `${name}-${process.pid}`);
  await rm(stage, { recursive: true, force: true });
  try {
    await mkdir(stage, { recursive: true });
    await mkdir(target, { recursive: true });
    await writeFile(join(stage, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
    await fill(stage);
    const { stdout } = await execa("npm", ["pack", "--json", "--pack-destination", target], { cwd: stage });
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    if (packed === undefined) throw new Error(`npm pack named no file: ${stdout}`);
    return join(target, packed.filename.replace("@", "").replace("/", "-"));
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}
