// npm run build:helper: builds the helper for release when its sources changed.
import { pathToFileURL } from "node:url";
import { ensureHelper } from "./build/helper.js";
import { main } from "./main.js";
import { ensureSetup } from "./setup/ensure.js";
import type { Progress } from "./setup/progress.js";
import { stepsForThisMachine } from "./setup/steps.js";

/** The path of a helper that is up to date with its sources; builds it, and sets up what that needs. */
export async function buildHelper(progress?: Progress): Promise<string> {
  await ensureSetup(stepsForThisMachine(), progress);
  return ensureHelper(progress);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await buildHelper();
  });
}
