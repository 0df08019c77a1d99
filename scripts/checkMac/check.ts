import { join } from "node:path";
import { type MacArchitecture, macArchitectures } from "../setup/macModules/flags.js";
import { macModulesFolder } from "../setup/macModules/step.js";
import { projectRoot } from "../setup/paths.js";
import { type Build, describeBuild } from "./build.js";
import { type Diagnostic, formatDiagnostic } from "./diagnostics.js";
import type { Manifest } from "./manifest.js";
import { makeSDK, type SDKKeys } from "./sdk.js";
import { type Checked, checkTarget } from "./targets.js";

/**
 * Both ends of the SDKs that the helper is built with, Xcode 16 and Xcode 27. What is missing in the older one is missing
 * on each processor, so it is tried with one.
 */
const editions: Record<MacArchitecture, number[]> = { arm64: [15, 27], x86_64: [27] };

/** The folder with what was compiled, and with what the compiler said. */
export const checkFolder = join(projectRoot, ".build/check-mac");

/** Every way in which the helper is built for a Mac. */
export function allBuilds(output = checkFolder): Build[] {
  return macArchitectures.flatMap((architecture) =>
    editions[architecture].map((newest) => {
      return { architecture, newest, modules: macModulesFolder(), output: join(output, `${architecture}-${newest}`) };
    }),
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
}

/** Compiles everything for all builds. Those of one architecture come after each other, since they share modules. */
export async function checkEverything(manifest: Manifest): Promise<Report> {
  const builds = allBuilds();
  const findings = new Map<string, Finding>();
  const left = new Set<string>();
  const take = async (build: Build) => {
    const answers = await checkTargets(build, await makeSDK(build), manifest, left);
    for (const diagnostic of answers.flatMap(({ diagnostics }) => diagnostics)) {
      const text = formatDiagnostic(diagnostic);
      const known = findings.get(text) ?? { diagnostic, builds: [] };
      known.builds.push(describeBuild(build));
      findings.set(text, known);
    }
  };
  const lanes = macArchitectures.map(async (architecture) => {
    for (const build of builds.filter((each) => each.architecture === architecture)) await take(build);
  });
  await Promise.all(lanes);
  return {
    targets: manifest.targets.length * macArchitectures.length,
    findings: [...findings.values()],
    left: [...left],
  };
}

async function checkTargets(build: Build, sdk: SDKKeys, manifest: Manifest, left: Set<string>): Promise<Checked[]> {
  const answers = new Map<string, Checked>();
  for (const target of manifest.targets) {
    const needed = target.dependencies.map((name) => answers.get(name));
    if (needed.some((each) => !each?.ok)) left.add(`${target.name} (${describeBuild(build)})`);
    else
      answers.set(
        target.name,
        await checkTarget({ build, manifest, target, sdk, needed: needed.map((each) => each?.key ?? "") }),
      );
  }
  return [...answers.values()];
}
