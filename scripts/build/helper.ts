import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "../setup/lock.mjs";
import { projectRoot } from "../setup/paths.js";
import { Progress } from "../setup/progress.js";
import { compileHelper, helperSources } from "./compile.js";
import { hostLinkOptions } from "./linking.js";
import { fingerprint } from "./sources.js";

const output = join(projectRoot, ".build/helper/vzkit-helper");
const stamp = `${output}.stamp`;

/** Where the release helper is built: apart from the tests' build folder, so that both can be built side by side. */
export const helperWork = join(projectRoot, ".build/helper-release");

const wanted = () => fingerprint([...helperSources, "scripts/build"], hostLinkOptions());

const isCurrent = (print: string) => existsSync(output) && existsSync(stamp) && readFileSync(stamp, "utf8") === print;

/** Returns the path of a release helper that is up to date with its sources. Builds it when it is not, one process at a time. */
export async function ensureHelper(progress = new Progress()): Promise<string> {
  if (isCurrent(wanted())) return output;
  const tell = (message: string) => progress.line(message);
  await withLock(join(projectRoot, ".build/helper.lock"), "Building the helper", tell, async () => {
    // Taken before the build: what is edited meanwhile counts as newer.
    const print = wanted();
    if (isCurrent(print)) return;
    await progress.during("Building the helper", projectRoot, () =>
      compileHelper({ work: helperWork, output, progress }),
    );
    writeFileSync(stamp, print);
  });
  return output;
}
