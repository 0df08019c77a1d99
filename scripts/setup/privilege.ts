import { SetupError } from "./errors.js";
import { capture, type RunOptions, run } from "./run.js";

const quoted = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** A command as it can be pasted into a shell. */
export const shellLine = (command: readonly string[]): string => command.map(quoted).join(" ");

async function sudoWorks(): Promise<boolean> {
  // With a terminal sudo may ask for the password; without one only a password-free rule helps.
  if ((await capture(["sudo", "-n", "true"])) !== undefined) return true;
  return process.stdin.isTTY === true && (await capture(["sudo", "-V"])) !== undefined;
}

/** Runs a command as root: directly, or through sudo. Where neither works, says what an administrator must run. */
export async function asAdministrator(command: readonly string[], options: RunOptions): Promise<void> {
  if (process.getuid?.() === 0) return run(command, options);
  if (await sudoWorks()) return run(["sudo", ...command], { ...options, interactive: true });
  throw new SetupError(
    [
      "This step needs administrator rights, and neither root nor sudo is at hand. Ask an administrator to run",
      `  ${shellLine(command)}`,
      "and then start the same command again.",
    ].join("\n"),
  );
}
