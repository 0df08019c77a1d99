import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { isUnpacked } from "../apt.js";
import { carriesEverything, readRelease, usesApt } from "../debian.js";
import { findProgram } from "../find.js";
import { aptHome } from "../guestPackages.js";
import { cachePath, debianRoot, projectRoot } from "../paths.js";
import { markUsed, pruneVersions } from "../pruning.js";
import type { Step } from "../step.js";
import { buildModules, prepareSources } from "./build.js";
import { macArchitectures } from "./flags.js";
import { fetchHeaders } from "./headers.js";
import { fetchSources } from "./sources.js";

const privately = () => !carriesEverything(readRelease());

/** The compiler that makes the modules, which only it can read. Undefined where there is none of the distribution. */
function compiler(): string | undefined {
  const own = findProgram("swift");
  if (own) return isUnpacked("swiftlang") ? realpathSync(own) : undefined;
  return join(debianRoot(), "usr/libexec/swift/bin/swift-frontend");
}

/** Why no code can be compiled for a Mac here; undefined where it can. */
export function macModulesProblem(): string | undefined {
  if (process.platform === "darwin") return "on a Mac the build itself shows that the helper compiles";
  if (!usesApt(readRelease())) {
    return `${readRelease().name} has no apt, which brings the sources of Swift's standard library`;
  }
  if (!compiler()) {
    return "Swift on PATH is not the distribution's own (package swiftlang), whose sources would be those of its library";
  }
  return undefined;
}

/** Changes whenever the modules would come out differently. */
function version(): string {
  const hash = createHash("sha256");
  const recipe = join(projectRoot, "scripts/setup/macModules");
  for (const name of readdirSync(recipe).sort()) hash.update(readFileSync(join(recipe, name)));
  const path = compiler() ?? "";
  const { size, mtimeMs } = existsSync(path) ? statSync(path) : { size: 0, mtimeMs: 0 };
  return hash.update(`${size} ${mtimeMs}`).digest("hex").slice(0, 12);
}

/** The folder with the modules that these sources and this compiler make. */
export const macModulesFolder = () => cachePath(`mac-modules-${version()}`);

function isMade(): boolean {
  const folder = macModulesFolder();
  if (!existsSync(folder)) return false;
  markUsed(folder);
  return true;
}

const step: Step = {
  title: "Making the modules to compile for a Mac with (0.3 GB to download, 0.1 GB on disk, 2 minutes)",
  isDone: isMade,
  run: async (progress) => {
    const folder = macModulesFolder();
    // What an interruption leaves is gone on with, file by file.
    const work = cachePath(`partial-${folder.slice(folder.lastIndexOf("/") + 1)}`);
    await mkdir(work, { recursive: true });
    await Promise.all([fetchHeaders(work, progress), fetchSources(aptHome(privately()), work, progress)]);
    await prepareSources(work, progress);
    await Promise.all(macArchitectures.map((architecture) => buildModules(work, architecture, progress)));
    await rm(join(work, "sources"), { recursive: true, force: true });
    await rm(join(work, "work"), { recursive: true, force: true });
    await rename(work, folder);
    await pruneVersions("mac-modules", folder);
  },
};

/** What `npm run check:mac` needs. */
export const macModulesSteps = (): Step[] => (macModulesProblem() ? [] : [step]);
