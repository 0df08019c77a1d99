import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { deploymentTarget } from "../setup/macModules/flags.js";
import { projectRoot } from "../setup/paths.js";
import { newerFolder, swiftFrontend, type ToolResult, whole } from "./build.js";
import { type Diagnostic, formatDiagnostic, parseDiagnostics } from "./diagnostics.js";
import { forget, kept, keyOf } from "./kept.js";
import { unmarked } from "./marks.js";
import { isNeeded, sourcePath, sourcesOf, swiftSettings, type TargetOptions } from "./targets.js";
import type { Inventory } from "./virtualizationInterface.js";

/** A use of a symbol that the oldest macOS does not have, behind whatever guard. */
export interface NewerUse {
  /** Below the project. */
  file: string;
  line: number;
  /** As the list of Apple's API names it, "VZVirtualMachine.queue"; of other frameworks the compiler's name, "Mutex". */
  symbol: string;
  /** The macOS that brought it: "14.0". */
  introduced: string;
}

export interface NewerOptions extends TargetOptions {
  /** The list of Apple's API. */
  inventory: Inventory;
  /** The key of the marked module `Virtualization`. */
  markedKey: string;
}

/** What stands in the place of a source: itself, or a copy in which no guard asks for more than the oldest macOS. */
interface Stand {
  file: string;
  path: string;
  isCopy: boolean;
}

/**
 * Lists what the compiler does not let pass without a guard: it compiles copies of a target's sources in which every guard,
 * and every availability of a declaration, asks for the oldest macOS. Whatever is newer is then an error. Sources without a
 * guard have none, since they compile as they are.
 *
 * What needs no guard is not in the list: that a type conforms to a newer protocol, or overrides or implements a newer method,
 * or is extended. C is left out: Darwin's headers here are those of the deployment target.
 *
 * @param options what `checkTarget` compiled without errors; `newerUses` must have seen what it depends on
 */
export async function newerUses(options: NewerOptions): Promise<NewerUse[]> {
  const { build, target } = options;
  const output = newerFolder(build);
  const stands = target.language === "swift" ? await standIns(options, join(output, target.name)) : [];
  const copies = stands.filter(({ isCopy }) => isCopy);
  const module = join(output, `${target.module}.swiftmodule`);
  const answer = join(output, `${target.name}.uses.json`);
  if (copies.length === 0) {
    // One of an earlier version of the target would go before the module as it is now.
    await forget(answer, module);
    return [];
  }
  const settings = swiftSettings(options, output);
  const key = await keyOf(
    [...settings, ...options.needed, options.markedKey],
    stands.map(({ path }) => path),
  );
  return kept(answer, key, async () => {
    if (isNeeded(target, options.manifest)) await emitModule(module, settings, stands);
    const others = stands.filter(({ isCopy }) => !isCopy).map(({ path }) => path);
    const files = [...copies.flatMap(({ path }) => ["-primary-file", path]), ...others];
    return readUses(await swiftFrontend(["-typecheck", ...settings, ...files]), copies, options.inventory);
  });
}

async function standIns(options: NewerOptions, folder: string): Promise<Stand[]> {
  await rm(folder, { recursive: true, force: true });
  const sources = (await sourcesOf(options.target)).map(async (file, index): Promise<Stand> => {
    const path = sourcePath(options, file);
    const text = await readFile(path, "utf8");
    const open = unguarded(text);
    if (open === text) return { file, path, isCopy: false };
    // The name stays: that of main.swift has a meaning.
    const copy = join(folder, String(index), basename(file));
    await mkdir(join(folder, String(index)), { recursive: true });
    await writeFile(copy, open);
    return { file, path: copy, isCopy: true };
  });
  return Promise.all(sources);
}

/** Lets every guard and every availability in a text ask for the oldest macOS. Its lines stay as they are. */
export function unguarded(text: string): string {
  return text.replaceAll(/[#@](?:un)?available\s*\([^()]*/g, (guard) =>
    guard.replaceAll(/\b(macOS(?:ApplicationExtension)?\s+|introduced:\s*)[\d.]+/g, `$1${deploymentTarget}`),
  );
}

/** Makes a module whose declarations are all there on the oldest macOS, so that their uses elsewhere are not in the list. */
async function emitModule(path: string, settings: string[], stands: Stand[]): Promise<void> {
  const declarations = ["-emit-module", "-experimental-skip-all-function-bodies", "-disable-availability-checking"];
  const files = stands.map((each) => each.path);
  const { ok, output } = await whole(path, (temporary) =>
    swiftFrontend([...declarations, ...settings, "-o", temporary, ...files]),
  );
  if (!ok) throw new Error(`a module without guards did not come about: ${output.slice(-2000)}`);
}

const ONLY_IN = /^(.+?) is only available in macOS ([\d.]+) or newer/;

function readUses({ ok, output }: ToolResult, copies: Stand[], inventory: Inventory): NewerUse[] {
  const uses = new Map<string, NewerUse>();
  const said = parseDiagnostics(output, projectRoot);
  for (const diagnostic of said) {
    const found = diagnostic.message.match(ONLY_IN);
    const copy = copies.find(({ path }) => path === resolve(projectRoot, diagnostic.file));
    if (found && copy) {
      const use = { file: copy.file, line: diagnostic.line, ...symbolOf(found[1] ?? "", found[2] ?? "", inventory) };
      uses.set(formatUse(use), use);
    } else if (diagnostic.kind === "error") throw new Error(unexpected(diagnostic, copy));
  }
  if (!ok && uses.size === 0) throw new Error(`the compiler failed on sources without guards: ${output.slice(-2000)}`);
  return [...uses.values()].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

/** After another error the compiler may be silent about the rest of a function. */
function unexpected(diagnostic: Diagnostic, copy: Stand | undefined): string {
  const where = copy ? { ...diagnostic, file: copy.file } : diagnostic;
  return `newer symbols cannot be listed, since without its guards a source has this error: ${formatDiagnostic(where)}`;
}

/** The name without the labels that stand for nothing, which the compiler leaves out too. */
const baseName = (name: string) => name.replace(/\((_:)*\)$/, "");

function symbolOf(said: string, version: string, inventory: Inventory): Pick<NewerUse, "symbol" | "introduced"> {
  const { introduced, type } = unmarked(version);
  const owner = type === undefined ? undefined : inventory[type];
  const name = said.match(/^'(.+)'$/)?.[1] ?? said.match(/^[gs]etter for '(.+)'$/)?.[1] ?? said;
  if (!owner) return { symbol: name, introduced };
  const exact = owner.members.find((each) => each.name === name);
  const member = exact ?? owner.members.find((each) => baseName(each.name) === baseName(name));
  return { symbol: member ? `${owner.type}.${member.name}` : owner.type, introduced };
}

export const formatUse = ({ file, line, symbol, introduced }: NewerUse) =>
  `${file}:${line}: ${symbol}, macOS ${introduced}`;
