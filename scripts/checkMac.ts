/**
 * `npm run check:mac`: compiles every target that a Mac builds for both of its architectures and with both ends of the SDKs, on
 * Linux and without Apple's SDK, and says what the compiler says.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { allBuilds, checkEverything, checkFolder, type Finding, type Report } from "./checkMac/check.js";
import { formatDiagnostic } from "./checkMac/diagnostics.js";
import { readManifest } from "./checkMac/manifest.js";
import { main } from "./main.js";
import { ensureSetup } from "./setup/ensure.js";
import { withLock } from "./setup/lock.mjs";
import { deploymentTarget } from "./setup/macModules/flags.js";
import { macModulesProblem } from "./setup/macModules/step.js";
import { stepsForThisMachine } from "./setup/steps.js";
import { testSteps } from "./test/tools.js";

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

function describe({ diagnostic, builds }: Finding): string {
  const where = builds.length === allBuilds().length ? "" : ` (${builds.join("; ")})`;
  return `${formatDiagnostic(diagnostic)}${where}\n`;
}

function print({ targets, findings, left }: Report): void {
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
  if (process.argv.includes("--anew")) await rm(checkFolder, { recursive: true, force: true });
  const manifest = await readManifest(checkFolder);
  if (manifest.minimumMacOS !== deploymentTarget) {
    throw new Error(
      `Package.swift asks for macOS ${manifest.minimumMacOS}, scripts/setup/macModules for ${deploymentTarget}`,
    );
  }
  const tell = (message: string) => process.stderr.write(`${message}\n`);
  print(await withLock(join(checkFolder, "lock"), "compiling for a Mac", tell, () => checkEverything(manifest)));
});
