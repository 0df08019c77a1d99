// The part of set-up that comes with the npm package: `npx vzkit setup` runs it, bundled into one file.
import { rm } from "node:fs/promises";
import { execa } from "execa";
import { compileHelper } from "./build/compile.js";
import { ensureSetup } from "./setup/ensure.js";
import { withLock } from "./setup/lock.mjs";
import { cachePath } from "./setup/paths.js";
import { Progress } from "./setup/progress.js";
import { helperSteps } from "./setup/steps.js";

/** Kept between builds only where this variable names it, since it takes up hundreds of megabytes. */
const work = () => process.env.VZKIT_SETUP_WORK || cachePath("helper-build");

async function runs(program: string): Promise<boolean> {
  const { failed } = await execa(program, ["--version"], { reject: false, stdin: "ignore" });
  return !failed;
}

/** Builds the helper at the path `output`, once, and sets up what that needs. Resolves with the path. */
export async function setUpHelper(output: string): Promise<string> {
  const progress = new Progress();
  await ensureSetup(helperSteps(), progress);
  const tell = (message: string) => progress.line(message);
  await withLock(cachePath("locks/helper"), "Building the helper", tell, async () => {
    // Another process may have built it while this one waited.
    if (await runs(output)) return;
    const title = "Building the helper (2 minutes on a quiet machine, longer on a busy one)";
    await progress.during(title, cachePath(), () => compileHelper({ work: work(), output, progress }));
    if (!process.env.VZKIT_SETUP_WORK) await rm(work(), { recursive: true, force: true });
  });
  return output;
}
