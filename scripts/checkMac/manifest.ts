import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { z } from "zod";
import { enterScript, projectRoot } from "../setup/paths.js";
import { kept, keyOf } from "./kept.js";

const dump = z.object({
  name: z.string(),
  platforms: z.array(z.object({ platformName: z.string(), version: z.string() })),
  toolsVersion: z.object({ _version: z.string() }),
  targets: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      type: z.enum(["regular", "executable", "test"]),
      dependencies: z.array(z.record(z.string(), z.array(z.unknown()))),
      settings: z.array(z.object({ tool: z.string(), kind: z.record(z.string(), z.unknown()) })),
    }),
  ),
});

/** A target of Package.swift as a Mac builds it. */
export interface Target {
  name: string;
  /** The name of its module. */
  module: string;
  /** Below the project. */
  path: string;
  kind: "library" | "program" | "test";
  language: "swift" | "c";
  /** Of Swift: "5" or "6". */
  languageMode: string;
  dependencies: string[];
}

/** What Package.swift says to a Mac. */
export interface Manifest {
  packageName: string;
  minimumMacOS: string;
  /** Each after those it depends on. */
  targets: Target[];
}

/** Evaluates Package.swift as a Mac does: its conditions ask for Linux, so the copy that is evaluated asks for macOS. */
export async function readManifest(cache: string): Promise<Manifest> {
  const text = await readFile(join(projectRoot, "Package.swift"), "utf8");
  const dumped = await kept(join(cache, "manifest.json"), await keyOf([text], []), () => dumpForMac(text));
  return toManifest(dump.parse(JSON.parse(dumped)));
}

async function dumpForMac(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "vzkit-manifest-"));
  try {
    // Package.swift leaves out the tests where it does not see their folder.
    await mkdir(join(folder, "helper/Tests"), { recursive: true });
    await writeFile(join(folder, "Package.swift"), text.replaceAll("os(Linux)", "os(macOS)"));
    const command = ["swift", "package", "--package-path", folder, "dump-package"];
    return (await execa(enterScript, command, { stdin: "ignore" })).stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function toManifest({ name, platforms, toolsVersion, targets }: z.infer<typeof dump>): Promise<Manifest> {
  const defaultMode = toolsVersion._version.split(".")[0] ?? "6";
  const all = targets.map(async ({ name, path, type, dependencies, settings }): Promise<Target> => {
    const mode = settings.find(({ tool, kind }) => tool === "swift" && "swiftLanguageMode" in kind)?.kind
      .swiftLanguageMode;
    const files = await readdir(join(projectRoot, path), { recursive: true });
    return {
      name,
      module: name.replaceAll("-", "_"),
      path,
      kind: type === "regular" ? "library" : type === "executable" ? "program" : "test",
      language: files.some((file) => file.endsWith(".swift")) ? "swift" : "c",
      languageMode: (mode as { _0: string } | undefined)?._0 ?? defaultMode,
      dependencies: dependencies.map((each) => String(Object.values(each)[0]?.[0])),
    };
  });
  const minimum = platforms.find(({ platformName }) => platformName === "macos")?.version ?? "";
  // SwiftPM takes the name of the folder; all that matters is that it is one for all targets.
  return { packageName: name.replaceAll("-", "_"), minimumMacOS: minimum, targets: inOrder(await Promise.all(all)) };
}

function inOrder(targets: Target[]): Target[] {
  const sorted: Target[] = [];
  const visit = (target: Target) => {
    if (sorted.includes(target)) return;
    for (const name of target.dependencies) {
      const needed = targets.find((each) => each.name === name);
      if (needed) visit(needed);
    }
    sorted.push(target);
  };
  targets.forEach(visit);
  return sorted;
}
