import { accessSync, constants, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { HelperNotFoundError } from "./errors.js";

const PROGRAM = "vzkit-helper";

interface Candidate {
  /** Where the path comes from, in words. */
  source: string;
  path: string;
}

/**
 * Finds the helper program: the given path, the environment variable VZKIT_HELPER, the package for this platform, or
 * the one built in the project's own clone. Throws `HelperNotFoundError` that lists what was tried.
 */
export function findHelper(given?: string): string {
  const explicit = explicitCandidate(given);
  if (explicit !== undefined) return requireProgram(explicit);
  const candidates = [platformCandidate(), builtCandidate()];
  const found = candidates.find(({ path }) => problemOf(path) === undefined);
  if (found !== undefined) return found.path;
  const tried = candidates.map(({ source, path }) => `  ${source}: ${path} ${problemOf(path)}`).join("\n");
  throw new HelperNotFoundError(
    `There is no ${PROGRAM} for ${process.platform} ${process.arch}. Looked at:\n${tried}`,
    {
      hint: "Install the package for this platform, run `npm run build:helper` in a clone, or set VZKIT_HELPER to its path.",
    },
  );
}

/** What was named on purpose is used or refused, never passed over. */
function explicitCandidate(given: string | undefined): Candidate | undefined {
  if (given !== undefined) return { source: "the option `path`", path: resolve(given) };
  const path = process.env.VZKIT_HELPER;
  return path === undefined || path === "" ? undefined : { source: "the variable VZKIT_HELPER", path: resolve(path) };
}

function requireProgram({ source, path }: Candidate): string {
  const problem = problemOf(path);
  if (problem === undefined) return path;
  throw new HelperNotFoundError(`The helper ${path}, named by ${source}, ${problem}`, {
    hint: "Name the vzkit-helper program itself.",
  });
}

function platformCandidate(): Candidate {
  const name = `@vzkit/helper-${process.platform}-${process.arch}`;
  const source = `the package ${name}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return { source, path: join(dirname(manifest), PROGRAM) };
  } catch {
    return { source, path: join("node_modules", name, PROGRAM) };
  }
}

function builtCandidate(): Candidate {
  const root = fileURLToPath(new URL("..", import.meta.url));
  return { source: "the clone's own build", path: join(root, ".build", "helper", PROGRAM) };
}

/** Why a path cannot be run, or undefined when it can. */
function problemOf(path: string): string | undefined {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return "does not exist";
  if (!status.isFile()) return "is not a file";
  try {
    accessSync(path, constants.X_OK);
    return undefined;
  } catch {
    return "is not executable";
  }
}
