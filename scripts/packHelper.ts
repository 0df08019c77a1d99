// npm run pack:helper: packs the built helper as the npm package for this platform, beside which `vzkit` is installed.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import { usesPrivateRoot } from "./build/linking.js";
import { buildHelper } from "./buildHelper.js";
import { main } from "./main.js";
import { projectRoot } from "./setup/paths.js";

const PROGRAM = "vzkit-helper";

interface Manifest {
  version: string;
  license: string;
}

function manifest({ version, license }: Manifest): Record<string, unknown> {
  const platform = `${process.platform}-${process.arch}`;
  return {
    name: `@vzkit/helper-${platform}`,
    version,
    description: `The helper program of vzkit for ${platform}`,
    license,
    // npm passes over what does not fit the machine, so that all platforms can be named as optional dependencies.
    os: [process.platform],
    cpu: [process.arch],
    files: [PROGRAM],
    // A program inside an archive cannot be run, and its signature would not be found.
    preferUnplugged: true,
    // It runs on this machine only, which has the libraries that it was linked with.
    ...(usesPrivateRoot() && { private: true }),
  };
}

/** Packs the helper into `folder` and returns the path of the tarball. */
export async function packHelper(folder: string): Promise<string> {
  const helper = await buildHelper();
  const about = JSON.parse(await readFile(join(projectRoot, "package.json"), "utf8")) as Manifest;
  const stage = join(projectRoot, ".build/helper-package");
  await rm(stage, { recursive: true, force: true });
  await mkdir(stage, { recursive: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(stage, "package.json"), `${JSON.stringify(manifest(about), undefined, 2)}\n`);
  await copyFile(join(projectRoot, "LICENSE"), join(stage, "LICENSE"));
  // Not changed in any byte: macOS checks the signature that the build has put on it.
  await copyFile(helper, join(stage, PROGRAM));
  const { stdout } = await execa("npm", ["pack", "--json", "--pack-destination", folder], { cwd: stage });
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  if (packed === undefined) throw new Error(`npm pack named no file: ${stdout}`);
  return join(folder, packed.filename.replace("@", "").replace("/", "-"));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    process.stdout.write(`${await packHelper(join(projectRoot, ".build/packages"))}\n`);
  });
}
