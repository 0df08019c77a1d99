import { chmod, cp } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { execa } from "execa";
import { helperSources } from "../build/compile.js";
import { projectRoot } from "../setup/paths.js";
import { clientManifest, readManifest } from "./manifest.js";
import { packStage } from "./stage.js";

/** Files and folders that are in the package as they are in the clone. */
const copied = [
  ...["README.md", "CHANGELOG.md", "LICENSE", "docs/protocol.md", "protocol/generated"],
  // What `vzkit setup` builds the helper from, and the scripts that it runs; the entitlements are also for those who sign
  // the helper anew.
  ...helperSources,
  ...["scripts/setup/makeRoot", "scripts/toolchain"],
];

/** Packs the client into `target` and resolves with the path of the tarball. */
export async function packClient(target: string): Promise<string> {
  return packStage("client", clientManifest(await readManifest()), fill, target);
}

async function fill(stage: string): Promise<void> {
  const tsc = ["-p", join(projectRoot, "tsconfig.build.json"), "--outDir", join(stage, "dist")];
  await execa("tsc", tsc, { cwd: projectRoot, preferLocal: true });
  await chmod(join(stage, "dist/cli/vzkit.js"), 0o755);
  await bundleSetup(join(stage, "dist/cli/setup.mjs"));
  for (const path of copied) await cp(join(projectRoot, path), join(stage, path), { recursive: true });
}

/** Bundles the set-up of the helper, which is TypeScript outside of the client. It finds the package two folders above. */
async function bundleSetup(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(projectRoot, "scripts/setupHelper.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
}
