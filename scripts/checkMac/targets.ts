import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { clangFlags, macTarget } from "../setup/macModules/flags.js";
import { projectRoot } from "../setup/paths.js";
import { type Build, compileFlags, sharedFolder, swiftFrontend, tool, whole } from "./build.js";
import { type Diagnostic, parseDiagnostics } from "./diagnostics.js";
import { forget, kept, keyOf } from "./kept.js";
import type { Manifest, Target } from "./manifest.js";
import type { SDKKeys } from "./sdk.js";

/** What came of a target. */
export interface Checked {
  key: string;
  diagnostics: Diagnostic[];
  /** Whether what depends on it can be compiled. */
  ok: boolean;
}

/** Other files in the place of sources, by the path below the project of those. */
export type Replacements = ReadonlyMap<string, string>;

export interface TargetOptions {
  build: Build;
  manifest: Manifest;
  target: Target;
  sdk: SDKKeys;
  /** The keys of what it depends on. */
  needed: readonly string[];
  replacements?: Replacements;
}

/** The sources of a target, below the project. */
export async function sourcesOf({ path, language }: Target): Promise<string[]> {
  const names = await readdir(join(projectRoot, path), { recursive: true });
  const isSource = language === "swift" ? /\.swift$/ : /\.[ch]$/;
  return names
    .filter((name) => isSource.test(name))
    .sort()
    .map((name) => join(path, name));
}

/** Where the text of a source is. */
export const sourcePath = ({ replacements }: TargetOptions, file: string) =>
  replacements?.get(file) ?? join(projectRoot, file);

const neededBy = ({ dependencies }: Target, { targets }: Manifest) =>
  targets.filter(({ name }) => dependencies.includes(name));

/** What a target depends on, directly or not. */
function allNeeded(target: Target, manifest: Manifest): Target[] {
  return [...new Set(neededBy(target, manifest).flatMap((each) => [each, ...allNeeded(each, manifest)]))];
}

/** Whether a target's code depends on the SDK's version. What does not is compiled once. */
async function dependsOnSDK(target: Target, manifest: Manifest): Promise<boolean> {
  for (const file of target.language === "swift" ? await sourcesOf(target) : []) {
    if (
      /^\s*import Virtualization$|canImport\((?!Darwin|AppKit)/m.test(await readFile(join(projectRoot, file), "utf8"))
    )
      return true;
  }
  for (const needed of neededBy(target, manifest)) if (await dependsOnSDK(needed, manifest)) return true;
  return false;
}

/** Compiles a target for a Mac as far as others need it, with all that the compiler has to say of it. */
export async function checkTarget(options: TargetOptions): Promise<Checked> {
  const { build, manifest, target } = options;
  const places = [build.output, sharedFolder(build)];
  const [output = "", other = ""] = (await dependsOnSDK(target, manifest)) ? places : places.reverse();
  const answerIn = (folder: string) => join(folder, `${target.name}.target.json`);
  // What an earlier version of the target left in the other place would be found in its stead.
  await forget(answerIn(other), join(other, `${target.module}.swiftmodule`));
  const sources = (await sourcesOf(target)).map((file) => sourcePath(options, file));
  const compile = target.language === "c" ? compileC : compileSwift;
  const settings = target.language === "c" ? cFlags(options) : swiftSettings(options, output);
  const action = isNeeded(target, manifest) ? "-emit-module" : "-typecheck";
  const key = await keyOf([action, ...settings, ...options.needed, ...sdkSeen(options, output)], sources);
  const compileOnce = async () => {
    const result = await compile(options, output, settings, sources);
    const said = parseDiagnostics(result.output, projectRoot).map((each) => named(each, options.replacements));
    if (!result.ok && !said.some(({ kind }) => kind === "error")) {
      const message = `the compiler failed on ${target.name}: ${result.output.slice(-2000)}`;
      said.push({ file: "", line: 0, column: 0, kind: "error", message });
    }
    return { diagnostics: said, ok: result.ok };
  };
  // A compiler that was killed or did not start has said nothing of the sources.
  const isOfSources = ({ diagnostics }: { diagnostics: Diagnostic[] }) => diagnostics.every(({ file }) => file !== "");
  const answer = await kept(answerIn(output), key, compileOnce, isOfSources);
  return { key, ...answer };
}

/** What a target must be compiled anew for, when it changes: the frameworks that its code can see. */
const sdkSeen = ({ build, sdk, target }: TargetOptions, output: string): string[] =>
  target.language === "c" ? [] : [sharedFolder(build), output].map((folder) => sdk.get(folder) ?? "");

/** Names the source that a replacement stands for. */
function named(diagnostic: Diagnostic, replacements: Replacements = new Map()): Diagnostic {
  const found = [...replacements].find(
    ([, copy]) => copy === diagnostic.file || copy === join(projectRoot, diagnostic.file),
  );
  return found ? { ...diagnostic, file: found[0] } : diagnostic;
}

/** Whether another target imports this one. */
export const isNeeded = ({ name }: Target, { targets }: Manifest) =>
  targets.some(({ dependencies }) => dependencies.includes(name));

/** The flags of a target whose module goes to `output`, but for what is to be done with it. */
export function swiftSettings({ build, manifest, target }: TargetOptions, output: string): string[] {
  const maps = allNeeded(target, manifest)
    .filter(({ language }) => language === "c")
    .flatMap(({ name }) => ["-Xcc", `-fmodule-map-file=${mapOf(build, name)}`]);
  return [
    ...["-module-name", target.module, "-swift-version", target.languageMode],
    ...["-package-name", manifest.packageName, "-D", "SWIFT_PACKAGE", "-D", "DEBUG", "-enable-testing", "-Onone"],
    ...(target.kind === "program" ? [] : ["-parse-as-library"]),
    ...maps,
    ...compileFlags(build, output),
  ];
}

const mapOf = (build: Build, name: string) => join(sharedFolder(build), `${name}.modulemap`);

/** What no other target imports is only type-checked, which takes a third of the time that a module takes. */
function compileSwift({ manifest, target }: TargetOptions, output: string, settings: string[], sources: string[]) {
  if (!isNeeded(target, manifest)) return swiftFrontend(["-typecheck", ...settings, ...sources]);
  return whole(join(output, `${target.module}.swiftmodule`), (path) =>
    swiftFrontend(["-emit-module", ...settings, "-o", path, ...sources]),
  );
}

function cFlags({ build, target }: TargetOptions): string[] {
  return [
    ...["-target", macTarget(build.architecture), ...clangFlags(build.modules, build.architecture)],
    ...["-isystem", join(build.modules, "headers/curl"), "-I", join(projectRoot, target.path, "include")],
    ...["-DSWIFT_PACKAGE=1", "-DDEBUG=1", "-fblocks", "-Wall", "-Wextra", "-Wunguarded-availability", "-c"],
  ];
}

/** Compiles to object files, and describes the headers to Swift as its package manager does. */
async function compileC({ build, target }: TargetOptions, output: string, flags: string[], sources: string[]) {
  const include = join(projectRoot, target.path, "include");
  const umbrella = existsSync(join(include, `${target.name}.h`))
    ? `header "${include}/${target.name}.h"`
    : `"${include}"`;
  const objects = join(output, target.name);
  await mkdir(objects, { recursive: true });
  await writeFile(mapOf(build, target.name), `module ${target.name} {\n  umbrella ${umbrella}\n  export *\n}\n`);
  const results = [];
  for (const source of sources.filter((file) => file.endsWith(".c"))) {
    const object = join(objects, `${basename(source, ".c")}.o`);
    results.push(await whole(object, (path) => tool("clang", [...flags, source, "-o", path])));
  }
  return { ok: results.every(({ ok }) => ok), output: results.map(({ output }) => output).join("\n") };
}
