import { ensureSetup } from "../setup/ensure.js";
import type { Progress } from "../setup/progress.js";
import { stepsForThisMachine } from "../setup/steps.js";
import { ensureHelper } from "./helper.js";

/** Returns the path of a helper that is up to date with its sources; builds it, and sets up what that needs. */
export async function buildHelper(progress?: Progress): Promise<string> {
  await ensureSetup(stepsForThisMachine(), progress);
  return ensureHelper(progress);
}
