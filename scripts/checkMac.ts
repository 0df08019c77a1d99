/**
 * `npm run check:mac`: compiles every target that a Mac builds for both of its architectures and with both ends of the SDKs, on
 * Linux and without Apple's SDK, and says what the compiler says. `--newer` lists the uses of symbols newer than the oldest
 * macOS too; `--anew` forgets what earlier runs compiled.
 */
import { allBuilds, checkProject, type Finding, type Report } from "./checkMac/check.js";
import { formatDiagnostic } from "./checkMac/diagnostics.js";
import { formatUse } from "./checkMac/newerSymbols.js";
import { main } from "./main.js";
import { ensureSetup } from "./setup/ensure.js";
import { macModulesProblem } from "./setup/macModules/step.js";
import { stepsForThisMachine } from "./setup/steps.js";
import { testSteps } from "./test/tools.js";

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

function describe({ diagnostic, builds }: Finding): string {
  const where = builds.length === allBuilds().length ? "" : ` (${builds.join("; ")})`;
  return `${formatDiagnostic(diagnostic)}${where}\n`;
}

function print({ targets, findings, left, newer }: Report): void {
  if (process.argv.includes("--newer")) process.stdout.write(newer.map((use) => `${formatUse(use)}\n`).join(""));
  process.stdout.write(findings.map(describe).join(""));
  for (const name of left) process.stdout.write(`not compiled, since it needs one with errors: ${name}\n`);
  const count = (kind: string) => findings.filter(({ diagnostic }) => diagnostic.kind === kind).length;
  const numbers = [counted(targets, "target"), counted(count("error"), "error"), counted(count("warning"), "warning")];
  process.stdout.write(`macOS: ${numbers.join(", ")}\n`);
  if (findings.length > 0) process.exitCode = 1;
}

await main(async () => {
  const problem = macModulesProblem();
  if (problem) {
    process.stdout.write(`macOS: skipped, since ${problem}.\n`);
    return;
  }
  await ensureSetup([...stepsForThisMachine(), ...testSteps()]);
  const tell = (message: string) => process.stderr.write(`${message}\n`);
  print(await checkProject(tell, process.argv.includes("--anew")));
});
