import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { projectRoot } from "../setup/paths.js";
import type { Check, Outcome } from "./outcome.js";

const SHOWN_LINES = 60;

/** The folder that keeps each check's whole output. */
export const logFolder = join(projectRoot, ".build/test-logs");

export interface CommandResult {
  ok: boolean;
  output: string;
  /** Why it did not succeed: "exit status 1". */
  how: string;
}

/** Runs a command in the project, keeps its output in a log file named after `name`, and never throws. */
export async function runCommand(
  name: string,
  command: readonly string[],
  options: { env?: Record<string, string>; minutes?: number } = {},
): Promise<CommandResult> {
  const [file = "", ...args] = command;
  const result = await execa(file, args, {
    all: true,
    reject: false,
    stdin: "ignore",
    cwd: projectRoot,
    preferLocal: true,
    // Colours would end up in the logs and in the way of whoever reads the summaries.
    env: { NO_COLOR: "1", FORCE_COLOR: "0", ...options.env },
    timeout: (options.minutes ?? 30) * 60_000,
  });
  const output = result.all ?? "";
  mkdirSync(logFolder, { recursive: true });
  writeFileSync(join(logFolder, `${name.replaceAll(/[^\w.-]+/g, "-")}.log`), output);
  const how = result.timedOut
    ? `no end after ${options.minutes ?? 30} minutes`
    : result.signal
      ? `signal ${result.signal}`
      : result.exitCode === undefined
        ? (result.shortMessage ?? "it did not start")
        : `exit status ${result.exitCode}`;
  return { ok: !result.failed, output, how: result.failed ? how : "" };
}

/** The end of a long output, where the errors are. */
export function tail(output: string): string {
  const lines = output.trimEnd().split("\n");
  return lines.slice(-SHOWN_LINES).join("\n");
}

/** A check that is passed when a command succeeds. */
export function commandCheck(name: string, command: readonly string[]): Check {
  return {
    name,
    run: async (): Promise<Outcome> => {
      const { ok, output, how } = await runCommand(name, command);
      return ok ? { ok } : { ok, note: how, output: tail(output) };
    },
  };
}
