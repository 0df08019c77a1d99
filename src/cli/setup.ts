import { VzkitError } from "../base/errors.js";
import { findHelper } from "../helper/helperPath.js";
import { launchHelper } from "../helper/launch.js";

/** Builds a helper for this system from the package's sources, and resolves with its path. */
export type BuildHelper = () => Promise<string>;

/** `vzkit setup`: builds a helper where none is installed that runs. Resolves with the exit status. */
export async function setup(buildHelper: BuildHelper): Promise<number> {
  try {
    const present = await helperThatRuns();
    const result =
      present === undefined ? `The helper is ready: ${await buildHelper()}` : `There is a helper that runs: ${present}`;
    process.stdout.write(`${result}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`\n${explain(error)}\n`);
    return 1;
  }
}

async function helperThatRuns(): Promise<string | undefined> {
  try {
    const path = findHelper();
    await using _ = await launchHelper({ path });
    return path;
  } catch (error) {
    // A helper that was named on purpose goes before all others: to build one would change nothing.
    if (!(error instanceof VzkitError) || process.env.VZKIT_HELPER) throw error;
    return undefined;
  }
}

/** What the user can put right is said without a stack; anything else is thrown as the fault it is. */
function explain(error: unknown): string {
  if (error instanceof VzkitError) return `${error.message}\n${error.hint ?? ""}`.trimEnd();
  if (error instanceof Error && error.name === "SetupError") return error.message;
  throw error;
}
