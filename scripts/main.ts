import { guardOutput } from "../src/cli/output.js";
import { SetupError } from "./setup/errors.js";

/**
 * Runs a script's work. What the user can put right is shown as a message, anything else as the bug it is.
 * @param prefix what every line of that begins with
 */
export async function main(work: () => Promise<void>, prefix = ""): Promise<void> {
  guardOutput(process.stdout, "standard output", () => {
    process.exitCode = 1;
  });
  try {
    await work();
  } catch (error) {
    process.exitCode = 1;
    const text = error instanceof SetupError ? error.message : error instanceof Error ? error.stack : error;
    process.stderr.write(`\n${text}\n`.replace(/^(?=.)/gm, prefix));
  }
}
