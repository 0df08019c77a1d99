import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { cachePath } from "./paths.js";
import { capture } from "./run.js";

/** What a program said its version was, for as long as its file stays the same. */
interface Known {
  modified: number;
  size: number;
  version: string;
}

const file = () => cachePath("versions.json");

function readKnown(): Record<string, Known> {
  try {
    return JSON.parse(readFileSync(file(), "utf8")) as Record<string, Known>;
  } catch {
    return {};
  }
}

/** The version learnt by `learnVersion`, without starting the program; undefined when its file changed since. */
export function knownVersion(program: string): string | undefined {
  const known = readKnown()[program];
  const { mtimeMs, size } = statSync(program);
  return known?.modified === mtimeMs && known.size === size ? known.version : undefined;
}

/** Asks a program for its version and keeps the answer. Undefined when it does not start or says nothing like it. */
export async function learnVersion(program: string): Promise<string | undefined> {
  const said = (await capture([program, "--version"])) ?? "";
  // Apple's Swift names its driver's version first.
  const version = (said.match(/Swift version (\d+(?:\.\d+)+)/) ?? said.match(/(\d+(?:\.\d+)+)/))?.[1];
  if (!version) return undefined;
  const { mtimeMs, size } = statSync(program);
  const all = { ...readKnown(), [program]: { modified: mtimeMs, size, version } };
  mkdirSync(dirname(file()), { recursive: true });
  const temporary = `${file()}.new-${process.pid}`;
  writeFileSync(temporary, JSON.stringify(all, undefined, 2));
  renameSync(temporary, file());
  return version;
}

/** Whether `version` is `minimum` or later, compared number by number. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [have, need] = [version, minimum].map((text) => text.split(".").map(Number));
  for (const [index, wanted] of (need ?? []).entries()) {
    const part = have?.[index] ?? 0;
    if (part !== wanted) return part > wanted;
  }
  return true;
}
