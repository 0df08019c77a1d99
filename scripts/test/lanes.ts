import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { buildHelper } from "../build/buildHelper.js";
import { enterScript } from "../setup/paths.js";
import { secondQEMU } from "../setup/wrappers.js";
import { commandCheck } from "./command.js";
import { macCheck } from "./mac.js";
import type { Check, Outcome } from "./outcome.js";
import { packageCheck } from "./package.js";
import { buildSwiftTests, runSwiftTests } from "./swiftTests.js";
import { vitestCheck } from "./vitest.js";

const tsx = (script: string, ...args: string[]) => ["tsx", `scripts/${script}.ts`, ...args];
const swiftFormat = [enterScript, "swift", "format", "lint", "--recursive", "--strict"];

/** The same check, run once however often it is asked for: lanes that need it wait for the one run. */
function shared({ name, run }: Check): Check {
  let outcome: Promise<Outcome> | undefined;
  return {
    name,
    run: () => {
      outcome ??= run();
      return outcome;
    },
  };
}

/** A check that needs another one, which must be `shared`. Where that failed, it would only repeat the failure. */
function after(needed: Check, check: Check): Check {
  const blocked: Outcome = { ok: false, note: `not run, since "${needed.name}" failed` };
  const succeeded = () =>
    needed.run().then(
      ({ ok }) => ok,
      () => false,
    );
  return { name: check.name, run: async () => ((await succeeded()) ? check.run() : blocked) };
}

/** For hosts that cannot run guests at all, such as a Mac that is a virtual machine itself. Never the default. */
function unlessWithoutGuests(check: Check): Check {
  if (!process.env.VZKIT_NO_GUESTS) return check;
  const skips = [`${check.name}: VZKIT_NO_GUESTS is set`];
  return { name: check.name, run: async () => ({ ok: true, counts: { passed: 0, failed: 0, skipped: 1 }, skips }) };
}

/** What depends on QEMU most, once more on the other version, where set-up has brought a second one. */
function onSecondQEMU(): Check[] {
  if (!existsSync(secondQEMU())) return [];
  const files = ["lifecycle", "devices", "console", "clipboard"].map((name) => `test/e2e/${name}.test.ts`);
  return [
    unlessWithoutGuests(vitestCheck(["e2e"], { title: "(second QEMU)", env: { VZKIT_QEMU: secondQEMU() }, files })),
  ];
}

/**
 * The checks, as lanes that run side by side; within a lane in order. Swift's compiler keeps one core busy for most of
 * the time, so everything else runs beside it.
 */
export function lanes(): Check[][] {
  const helper = shared({
    name: "helper, release build",
    run: async () => {
      await buildHelper();
      return { ok: true };
    },
  });
  const swiftBuild = shared({ name: "swift tests, build", run: buildSwiftTests });
  const quick = [
    commandCheck("generated files", tsx("generate", "--check")),
    commandCheck("protocol's compatibility", tsx("checkProtocolChange")),
    commandCheck("tsc", ["tsc", "--noEmit"]),
    commandCheck("biome", ["biome", "check", "--error-on-warnings", "."]),
    commandCheck("import walls", tsx("checkImports")),
    commandCheck("public API", tsx("docs", "--check")),
    commandCheck("swift format", [...swiftFormat, "Package.swift", "helper"]),
    vitestCheck(["unit", "contract", "types"]),
    packageCheck,
  ];
  const swift = [
    swiftBuild,
    after(swiftBuild, { name: "swift tests", run: () => runSwiftTests() }),
    commandCheck("Apple's API", tsx("checkApi")),
    macCheck,
  ];
  const guests = [vitestCheck(["process"]), unlessWithoutGuests(vitestCheck(["e2e"]))];
  const [first, second] = [
    [...quick, ...swift, ...onSecondQEMU().map((check) => after(helper, check))],
    [helper, ...guests.map((check) => after(helper, check))],
  ];
  return availableParallelism() < 2 ? [[...second, ...first]] : [first, second];
}
