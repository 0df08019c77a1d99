import { withLock } from "./lock.mjs";
import { cachePath } from "./paths.js";
import { Progress } from "./progress.js";
import type { Step } from "./step.js";
import { stepsForThisMachine } from "./steps.js";

/**
 * Provides everything that is missing, in order, one process at a time. Says nothing when nothing is missing.
 * What an interruption leaves half done is done again; what was complete stays.
 * @returns how many things were missing
 */
export async function ensureSetup(steps: Step[] = stepsForThisMachine(), progress = new Progress()): Promise<number> {
  const missing = steps.filter((step) => !step.isDone());
  for (const [index, step] of missing.entries()) {
    const tell = (message: string) => progress.line(message);
    await withLock(cachePath("locks/setup"), step.title, tell, async () => {
      // Another process may have provided it while this one waited.
      if (step.isDone()) return;
      await progress.during(`[${index + 1}/${missing.length}] ${step.title}`, cachePath(), () => step.run(progress));
    });
  }
  return missing.length;
}
