/**
 * Writes everything that follows from protocol/spec and the version in package.json: `npm run generate`.
 * With `--check` nothing is written; the command fails and lists what is out of date.
 * With `--fixtures` a draft is written for every golden fixture that is missing, to be edited by hand.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { draftFixtures } from "./generate/fixtures.js";
import { outputs } from "./generate/outputs.js";
import { SpecProblems } from "./generate/problems.js";
import { resolveSpec } from "./generate/resolve.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const specFolder = join(root, "protocol/spec");

/** Folders that hold nothing but generated files: what is not generated any more is removed from them. */
const generatedFolders = ["helper/Sources/HelperProtocol/Generated", "protocol/generated"];

function main(): number {
  const sources = readdirSync(specFolder)
    .filter((name) => name.endsWith(".yml"))
    .sort()
    .map((name) => ({ path: `protocol/spec/${name}`, text: readFileSync(join(specFolder, name), "utf8") }));
  const model = resolveSpec(sources);
  if (process.argv.includes("--fixtures")) return writeMissing(draftFixtures(model));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const wanted = outputs(model, version);
  const stale = [...wanted].filter(([path, text]) => readIfThere(path) !== text).map(([path]) => path);
  const extra = generatedFolders.flatMap(filesIn).filter((path) => !wanted.has(path));
  if (process.argv.includes("--check")) return report([...stale, ...extra]);
  for (const path of stale) write(path, wanted.get(path) ?? "");
  for (const path of extra) {
    rmSync(join(root, path));
    console.log(`removed ${path}`);
  }
  return 0;
}

function writeMissing(drafts: ReadonlyMap<string, string>): number {
  for (const [path, text] of drafts) if (readIfThere(path) === undefined) write(path, text);
  return 0;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}

function report(stale: readonly string[]): number {
  if (stale.length === 0) return 0;
  console.error(`out of date, run "npm run generate":\n${stale.map((path) => `  ${path}`).join("\n")}`);
  return 1;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
}

function filesIn(folder: string): string[] {
  try {
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(root, folder, entry.name)));
  } catch {
    return [];
  }
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof SpecProblems)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
