import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { withLock } from "../setup/lock.mjs";
import { deploymentTarget, macArchitectures } from "../setup/macModules/flags.js";
import { macModulesFolder } from "../setup/macModules/step.js";
import { projectRoot } from "../setup/paths.js";
import { type Build, describeBuild } from "./build.js";
import { type Diagnostic, formatDiagnostic } from "./diagnostics.js";
import { type Manifest, readManifest } from "./manifest.js";
import { formatUse, type NewerUse, newerUses } from "./newerSymbols.js";
import { makeMarkedVirtualization, makeSDK, readInventory } from "./sdk.js";
import { type Checked, checkTarget } from "./targets.js";

/** The last macOS whose API is in both ends of the SDKs that the helper is built with, Xcode 16 and Xcode 27. */
const editions = [15, 27];

/** The folder with what was compiled, and with what the compiler said. */
export const checkFolder = join(projectRoot, ".build/check-mac");

/** Every way in which the helper is built for a Mac. */
export function allBuilds(): Build[] {
  const modules = macModulesFolder();
  return macArchitectures.flatMap((architecture) =>
    editions.map((newest) => ({
      architecture,
      newest,
      modules,
      output: join(checkFolder, `${architecture}-${newest}`),
    })),
  );
}

/** What was said, with the builds in which it was. */
export interface Finding {
  diagnostic: Diagnostic;
  builds: string[];
}

export interface Report {
  /** Pairs of a target and an architecture. */
  targets: number;
  findings: Finding[];
  /** Targets that were not compiled, since one that they need has errors. */
  left: string[];
  /** Every use of what is newer than the deployment target, in those targets that have no errors. */
  newer: NewerUse[];
}

/**
 * Compiles the project for all builds, one process at a time.
 *
 * @param anew whether what earlier runs compiled is thrown away
 */
export async function checkProject(tell: (message: string) => void, anew = false): Promise<Report> {
  const lock = join(checkFolder, "lock");
  return withLock(lock, "compiling for a Mac", tell, async () => {
    const earlier = anew ? await readdir(checkFolder) : [];
    for (const name of earlier.map((each) => join(checkFolder, each)).filter((path) => !path.startsWith(lock))) {
      await rm(name, { recursive: true, force: true });
    }
    const manifest = await readManifest(checkFolder);
    if (manifest.minimumMacOS !== deploymentTarget) {
      throw new Error(
        `Package.swift asks for macOS ${manifest.minimumMacOS}, scripts/setup/macModules for ${deploymentTarget}`,
      );
    }
    return checkEverything(manifest);
  });
}

/** Compiles everything for all builds. Those of one architecture come after each other, since they share modules. */
async function checkEverything(manifest: Manifest): Promise<Report> {
  const findings = new Map<string, Finding>();
  const newer = new Map<string, NewerUse>();
  const left: string[] = [];
  const take = async (build: Build) => {
    const answer = await checkBuild(build, manifest);
    for (const diagnostic of answer.diagnostics) {
      const text = formatDiagnostic(diagnostic);
      const known = findings.get(text) ?? { diagnostic, builds: [] };
      known.builds.push(describeBuild(build));
      findings.set(text, known);
    }
    for (const use of answer.newer) newer.set(formatUse(use), use);
    left.push(...answer.left.map((name) => `${name} (${describeBuild(build)})`));
  };
  const lanes = macArchitectures.map(async (architecture) => {
    for (const build of allBuilds().filter((each) => each.architecture === architecture)) await take(build);
  });
  await Promise.all(lanes);
  return {
    targets: manifest.targets.length * macArchitectures.length,
    findings: [...findings.values()],
    left,
    newer: [...newer.entries()]
      .sort(([one], [other]) => one.localeCompare(other, "en", { numeric: true }))
      .map(([, use]) => use),
  };
}

interface BuildAnswer {
  diagnostics: Diagnostic[];
  newer: NewerUse[];
  /** The names of the targets that were not compiled. */
  left: string[];
}

async function checkBuild(build: Build, manifest: Manifest): Promise<BuildAnswer> {
  const sdk = await makeSDK(build);
  const inventory = await readInventory();
  const markedKey = await makeMarkedVirtualization(build, sdk);
  const answers = new Map<string, Checked>();
  const newer: NewerUse[] = [];
  const left: string[] = [];
  for (const target of manifest.targets) {
    const needed = target.dependencies.map((name) => answers.get(name));
    if (needed.some((each) => !each?.ok)) {
      left.push(target.name);
      continue;
    }
    const options = { build, manifest, target, sdk, needed: needed.map((each) => each?.key ?? "") };
    const answer = await checkTarget(options);
    answers.set(target.name, answer);
    if (answer.ok) newer.push(...(await newerUses({ ...options, inventory, markedKey })));
  }
  return { diagnostics: [...answers.values()].flatMap(({ diagnostics }) => diagnostics), newer, left };
}
