import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";
import { HelperNotFoundError } from "../base/errors.js";
import { VERSION } from "../protocol/version.generated.js";
import { cacheFolder } from "./cacheFolder.js";
import { isInArchive, ownRoot, packageFolder, unpackedPath } from "./modulePlace.js";
import { absolutePath } from "./paths.js";
import { runsHere } from "./programTrial.js";

const PROGRAM = "vzkit-helper";
const platform = `${process.platform}-${process.arch}`;

interface Candidate {
  /** Where the path comes from, in words. */
  source: string;
  path: string;
}

/**
 * Finds the helper program: the given path, the environment variable VZKIT_HELPER, the package for this platform, the
 * clone's own build, or the one that `npx vzkit setup` built. Of several the first that runs on this system is taken: a
 * package's may need a newer C library. Throws `HelperNotFoundError` that lists what was tried.
 */
export function findHelper(given?: string): string {
  const explicit = explicitCandidate(given);
  if (explicit !== undefined) return requireProgram(explicit);
  const candidates = [platformCandidate(), ...builtCandidate(), cachedCandidate()];
  const [first, ...others] = candidates.map(({ path }) => path).filter((path) => problemOf(path) === undefined);
  // One that is alone is not tried: its launch tells why it does not run.
  if (first !== undefined) return others.length === 0 ? first : ([first, ...others].find(runsHere) ?? first);
  const tried = candidates.map(({ source, path }) => `  ${source}: ${path} ${problemOf(path)}`).join("\n");
  throw new HelperNotFoundError(
    `There is no ${PROGRAM} for ${process.platform} ${process.arch}. Looked at:\n${tried}`,
    { hint: "Run `npx vzkit setup`, which builds one for this system, or set VZKIT_HELPER to the path of one." },
  );
}

/** Returns where `npx vzkit setup` puts the helper of this version: a place of the user, shared by all projects. */
export function cachedHelper(): string {
  return join(cacheFolder(), "helpers", `${VERSION}-${platform}`, PROGRAM);
}

/** What was named on purpose is used or refused, never passed over. */
function explicitCandidate(given: string | undefined): Candidate | undefined {
  if (given !== undefined) return { source: "the option `path`", path: runnablePath(given) };
  const named = process.env.VZKIT_HELPER;
  if (named === undefined || named === "") return undefined;
  return { source: "the variable VZKIT_HELPER", path: runnablePath(named) };
}

const runnablePath = (path: string) => unpackedPath(absolutePath(path));

function requireProgram({ source, path }: Candidate): string {
  const problem = problemOf(path);
  if (problem === undefined) return path;
  throw new HelperNotFoundError(`The helper ${path}, named by ${source}, ${problem}`, {
    hint: "Name the vzkit-helper program itself.",
  });
}

function platformCandidate(): Candidate {
  const name = `@vzkit/helper-${platform}`;
  const folder = packageFolder(name) ?? join("node_modules", name);
  return { source: `the package ${name}`, path: unpackedPath(join(folder, PROGRAM)) };
}

function builtCandidate(): Candidate[] {
  const root = ownRoot();
  return root === undefined ? [] : [{ source: "the clone's own build", path: join(root, ".build/helper", PROGRAM) }];
}

function cachedCandidate(): Candidate {
  return { source: "built by `npx vzkit setup`", path: cachedHelper() };
}

/** Why a path cannot be run, or undefined when it can. */
function problemOf(path: string): string | undefined {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return "does not exist";
  if (!status.isFile()) return "is not a file";
  if (isInArchive(path)) {
    return "is inside an archive, from which no program can be run; name the package in the option `asarUnpack`";
  }
  try {
    accessSync(path, constants.X_OK);
    return undefined;
  } catch {
    return "is not executable";
  }
}
