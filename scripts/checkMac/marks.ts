import { deploymentTarget } from "../setup/macModules/flags.js";

/** Beyond every patch number that Apple gives. */
const FIRST_MARK = 1000;

export const isNewer = (one: string, other: string = deploymentTarget) =>
  one.localeCompare(other, "en", { numeric: true }) > 0;

/**
 * Makes the version from which there is a symbol say whose symbol it is: "14.0" of the 57th type becomes "14.0.1057". All
 * that the compiler tells of a symbol without a guard is its own name, which several types may have, and that version.
 */
export function marked(introduced: string, type: number): string {
  if (!isNewer(introduced)) return introduced;
  const [major, minor = "0"] = introduced.split(".");
  return `${major}.${minor}.${FIRST_MARK + type}`;
}

/** Reads a version that the compiler told. `type` is undefined where the symbol is not one of the marked framework. */
export function unmarked(version: string): { introduced: string; type?: number } {
  const [major, minor = "0", patch = "0"] = version.split(".");
  if (Number(patch) < FIRST_MARK) return { introduced: version };
  return { introduced: `${major}.${minor}`, type: Number(patch) - FIRST_MARK };
}
