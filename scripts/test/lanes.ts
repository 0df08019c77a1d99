import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { buildHelper } from "../buildHelper.js";
import { enterScript } from "../setup/paths.js";
import { secondQEMU } from "../setup/wrappers.js";
import { commandCheck } from "./command.js";
import type { Check, Outcome } from "./outcome.js";
import { packageCheck } from "./package.js";
import { buildSwiftTests, runSwiftTests } from "./swiftTests.js";
import { vitestCheck } from "./vitest.js";

const tsx = (script: string, ...args: string[]) => ["tsx", `scripts/${script}.ts`, ...args];
const swiftFormat = [enterScript, "swift", "format", "lint", "--recursive", "--strict"];

const helperBuild: Check = {
  name: "helper, release build",
  run: async (): Promise<Outcome> => {
    await buildHelper();
    return { ok: true };
  },
};

/** A check that needs an earlier one: where that failed, it would only repeat the failure. */
function after(needed: Check, check: Check, results: Map<string, Outcome>): Check {
  const blocked: Outcome = { ok: false, note: `not run, since "${needed.name}" failed` };
  return { name: check.name, run: () => (results.get(needed.name)?.ok ? check.run() : Promise.resolve(blocked)) };
}

/** For hosts that cannot run guests at all, such as a Mac that is a virtual machine itself. Never the default. */
function unlessWithoutGuests(check: Check): Check {
  if (!process.env.VZKIT_NO_GUESTS) return check;
  const skips = [`${check.name}: VZKIT_NO_GUESTS is set`];
  return { name: check.name, run: async () => ({ ok: true, counts: { passed: 0, failed: 0, skipped: 1 }, skips }) };
}

/** What depends on QEMU most, once more on the other version, where set-up has brought a second one. */
function onSecondQEMU(): Check[] {
  // Its mount namespace needs the rights of root.
  if (!existsSync(secondQEMU()) || process.getuid?.() !== 0) return [];
  const files = ["lifecycle", "devices", "console"].map((name) => `test/e2e/${name}.test.ts`);
  return [
    unlessWithoutGuests(vitestCheck(["e2e"], { title: "(second QEMU)", env: { VZKIT_QEMU: secondQEMU() }, files })),
  ];
}

/**
 * The checks, as lanes that run side by side; within a lane in order. Swift's compiler keeps one core busy for most of
 * the time, so everything else runs beside it.
 */
export function lanes(results: Map<string, Outcome>): Check[][] {
  const swiftBuild: Check = { name: "swift tests, build", run: buildSwiftTests };
  const swiftTests: Check = { name: "swift tests", run: () => runSwiftTests() };
  const scripts = [
    commandCheck("generated files", tsx("generate", "--check")),
    commandCheck("tsc", ["tsc", "--noEmit"]),
    commandCheck("biome", ["biome", "check", "--error-on-warnings", "."]),
    commandCheck("import walls", tsx("checkImports")),
    commandCheck("swift format", [...swiftFormat, "Package.swift", "helper"]),
    vitestCheck(["unit", "contract", "types"]),
    packageCheck,
  ];
  const swift = [swiftBuild, after(swiftBuild, swiftTests, results), commandCheck("Apple's API", tsx("checkApi"))];
  const helperTests = [vitestCheck(["process"]), unlessWithoutGuests(vitestCheck(["e2e"])), ...onSecondQEMU()].map(
    (check) => after(helperBuild, check, results),
  );
  if (availableParallelism() < 2) return [[...scripts, helperBuild, ...helperTests, ...swift]];
  return [
    [...scripts, ...swift],
    [helperBuild, ...helperTests],
  ];
}
