import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { buildHelper } from "../build/buildHelper.js";
import { needsRootLibraries } from "../build/linking.js";
import { projectRoot } from "../setup/paths.js";
import { helperManifest, readManifest } from "./manifest.js";
import { packStage } from "./stage.js";

const PROGRAM = "vzkit-helper";

/** Packs this platform's helper into `target`, built first when it is out of date. Resolves with the path of the tarball. */
export async function packHelper(target: string): Promise<string> {
  const helper = await buildHelper();
  const manifest = helperManifest(await readManifest(), needsRootLibraries());
  const fill = async (stage: string) => {
    for (const name of ["LICENSE", "helper/Info.plist", "helper/vzkit-helper.entitlements"]) {
      await copyFile(join(projectRoot, name), join(stage, name.replace("helper/", "")));
    }
    // Not changed in any byte: macOS checks the signature that the build has put on it.
    await copyFile(helper, join(stage, PROGRAM));
  };
  return packStage("helper", manifest, fill, target);
}
