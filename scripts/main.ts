import { SetupError } from "./setup/errors.js";

/** Runs a script's work. What the user can put right is shown as a message, anything else as the bug it is. */
export async function main(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(
      `\n${error instanceof SetupError ? error.message : error instanceof Error ? error.stack : error}\n`,
    );
  }
}
