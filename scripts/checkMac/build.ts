import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { type MacArchitecture, swiftFlags } from "../setup/macModules/flags.js";
import { enterScript } from "../setup/paths.js";

/** One way in which the helper is built for a Mac. */
export interface Build {
  architecture: MacArchitecture;
  /** The last macOS whose API the SDK has: 15 as Xcode 16, 27 as Xcode 27. */
  newest: number;
  /** The folder with the standard library's modules. */
  modules: string;
  /** Where this build's modules go; its neighbours are those of other builds. */
  output: string;
}

/** The folder of what all SDKs share. */
export const sharedFolder = ({ output, architecture }: Pick<Build, "output" | "architecture">) =>
  join(dirname(output), architecture);

export const describeBuild = ({ architecture, newest }: Build) => `${architecture}, API through macOS ${newest}`;

/** The folder of the modules that go before a build's own where newer symbols are listed (`newerSymbols.ts`). */
export const newerFolder = ({ output }: Pick<Build, "output">) => join(output, "newer");

/**
 * The flags of a compilation whose module goes to `output`. What all SDKs share does not see the modules of one of them:
 * its flags, and so its key, are the same in each build.
 */
export function compileFlags(build: Build, output: string): string[] {
  const shared = sharedFolder(build);
  const all = [newerFolder(build), build.output, shared];
  const folders = all.slice(all.indexOf(output));
  return [
    ...swiftFlags(build.modules, build.architecture),
    ...folders.flatMap((folder) => ["-I", folder]),
    ...["-module-cache-path", join(shared, "cache"), "-diagnostic-style", "llvm"],
  ];
}

export interface ToolResult {
  ok: boolean;
  output: string;
}

/** Runs a program of the tool chain. Its failure is a result, not an exception. */
export async function tool(name: string, args: readonly string[]): Promise<ToolResult> {
  const { failed, all } = await execa(enterScript, [name, ...args], { all: true, reject: false, stdin: "ignore" });
  return { ok: !failed, output: all };
}

export const swiftFrontend = (args: readonly string[]): Promise<ToolResult> => tool("swift-frontend", args);

/** Has `work` write a temporary file, which becomes `path` when that was successful. */
export async function whole(path: string, work: (temporary: string) => Promise<ToolResult>): Promise<ToolResult> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  await rm(path, { force: true });
  const result = await work(temporary);
  if (result.ok) await rename(temporary, path);
  else await rm(temporary, { force: true });
  return result;
}
