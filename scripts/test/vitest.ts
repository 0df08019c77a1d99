import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { logFolder, runCommand, tail } from "./command.js";
import type { Check, Outcome } from "./outcome.js";

interface Report {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

function readReport(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Report;
  } catch {
    return undefined;
  }
}

/** Vitest's own list names a skipped test as `↓ name [reason]`. */
function skippedTests(output: string): string[] {
  return [...output.matchAll(/^\s*↓ (.*)$/gm)].map(([, name = ""]) => name);
}

interface VitestOptions {
  /** Words for the name of the check, where the same tests run more than once. */
  title?: string;
  env?: Record<string, string>;
  /** Only these files of the projects. */
  files?: string[];
}

/** A check that runs some of vitest's projects. */
export function vitestCheck(projects: string[], { title, env = {}, files = [] }: VitestOptions = {}): Check {
  const name = ["vitest", ...projects, ...(title ? [title] : [])].join(" ");
  return {
    name,
    run: async (): Promise<Outcome> => {
      const report = join(logFolder, `${name.replaceAll(/[^a-z0-9]+/gi, "-")}.json`);
      const reporters = ["--reporter=verbose", "--reporter=json", `--outputFile.json=${report}`];
      const selected = projects.flatMap((project) => ["--project", project]);
      // One of an earlier run must not speak for this one.
      rmSync(report, { force: true });
      const { ok, output, how } = await runCommand(name, ["vitest", "run", ...selected, ...reporters, ...files], {
        env,
      });
      const result = readReport(report);
      if (!result) return { ok: false, note: how || "no report", output: tail(output) };
      const { numPassedTests: passed, numFailedTests: failed, numPendingTests, numTodoTests } = result;
      const counts = { passed, failed, skipped: numPendingTests + numTodoTests };
      const skips = skippedTests(output);
      if (ok && result.success && passed > 0) return { ok, counts, skips };
      const failures = output.slice(Math.max(0, output.search(/Failed (Tests|Suites)|Unhandled/)));
      return { ok: false, counts, skips, note: how || "no test ran", output: tail(failures) };
    },
  };
}
