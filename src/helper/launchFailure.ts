import { type HelperExit, HelperLaunchError } from "../base/errors.js";

/** The oldest C library that helpers run with as they are packed: that of Ubuntu 22.04. */
const SUPPORTED_GLIBC = "2.35";
const BUILD_HINT = "Run `npx vzkit setup`, which builds a helper for this system.";

/** Explains why the system could not start a program that is there. */
export function spawnFailure(path: string, cause: unknown): HelperLaunchError {
  const { code, message } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
  if (code === "ENOENT") {
    const problem = "the system has no program of the kind that runs it (its loader or interpreter)";
    const needs = process.platform === "linux" ? `. ${requirement()}` : "";
    const hint = `A program that it needs to start is missing: its interpreter, or the loader of its C library. ${BUILD_HINT}`;
    return new HelperLaunchError(`The helper ${path} cannot be run: ${problem}${needs}`, { hint, cause });
  }
  return new HelperLaunchError(`The helper ${path} cannot be run: ${message ?? "unknown reason"}`, {
    hint: launchHint(code),
    cause,
  });
}

/**
 * Explains the end of a program that never ran, since the system's loader found a library missing or too old. Returns
 * undefined when the loader says nothing of the kind.
 */
export function loaderFailure(path: string, exit: HelperExit): HelperLaunchError | undefined {
  const said = exit.stderr.join("\n");
  const symbols = [...said.matchAll(/version `GLIBC_(\d+(?:\.\d+)*)' not found/g)].map(([, version = ""]) => version);
  const newest = symbols.sort(compareVersions).at(-1);
  if (newest !== undefined) {
    const message = `The helper ${path} needs the C library glibc ${newest} or later. ${requirement()}`;
    return new HelperLaunchError(message, { hint: BUILD_HINT, cause: exit });
  }
  const library = said.match(/error while loading shared libraries: ([^:\s]+): cannot open shared object file/)?.[1];
  if (library === undefined) return undefined;
  return new HelperLaunchError(`The helper ${path} needs the library ${library}, which this system lacks`, {
    hint: `Install the package that has ${library}, or run \`npx vzkit setup\`, which builds a helper for this system.`,
    cause: exit,
  });
}

/** What to do about a program that is there and does not start. */
function launchHint(code: string | undefined): string {
  switch (code) {
    case "EACCES":
      return "Make it executable with chmod +x; on a volume that is mounted noexec no program runs.";
    case "EMFILE":
    case "ENFILE":
    case "EAGAIN":
    case "ENOMEM":
      return "This process or its user is at a limit: raise it with ulimit, or run fewer programs.";
    default:
      return "Check that the program was built for this system and is executable.";
  }
}

function requirement(): string {
  return `The helpers of vzkit's packages need glibc ${SUPPORTED_GLIBC} or later; this system has ${ownLibrary()}`;
}

function ownLibrary(): string {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  const version = report.header?.glibcVersionRuntime;
  return version === undefined ? "another C library" : `glibc ${version}`;
}

function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
