import { copyFileSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { withLock } from "../setup/lock.mjs";
import { enterScript, projectRoot } from "../setup/paths.js";
import type { Progress } from "../setup/progress.js";
import { run } from "../setup/run.js";
import { hostLinkOptions, quickStartOptions } from "./linking.js";
import { beginAnewElsewhere } from "./place.js";
import { signHelper } from "./sign.js";
import { copySources } from "./sourceCopy.js";

/** What the helper is made from, by its place in a clone or an installed package. */
export const helperSources = [
  "Package.swift",
  "helper/Sources",
  "helper/Info.plist",
  "helper/vzkit-helper.entitlements",
];

export interface Compilation {
  /** Folder that is built in. Kept, it makes the next build quick; of equal sources, a matter of seconds. */
  work: string;
  /** Path that the finished program gets. */
  output: string;
  progress: Progress;
}

/**
 * Compiles the helper for release and, on macOS, signs it. Works on a copy of the sources: an installed package may be
 * read-only, in a folder that the private root hides, or be changed by its owner in the middle of the build.
 */
export async function compileHelper(compilation: Compilation): Promise<void> {
  const { work, progress } = compilation;
  const tell = (message: string) => progress.line(message);
  await withLock(`${work}.lock`, "Building the helper", tell, () => compile(compilation));
}

async function compile({ work, output, progress }: Compilation): Promise<void> {
  const linux = process.platform === "linux";
  beginAnewElsewhere(work);
  const source = join(work, "source");
  copySources(projectRoot, source, helperSources);
  const options = linux ? ["--static-swift-stdlib", ...hostLinkOptions(), ...(await quickStartOptions(work))] : [];
  const product = ["-c", "release", "--product", "vzkit-helper", "--scratch-path", work];
  await run([enterScript, "swift", "build", ...product, ...options], { log: "helper", cwd: source, progress });
  mkdirSync(dirname(output), { recursive: true });
  const temporary = `${output}.new-${process.pid}`;
  try {
    copyFileSync(join(work, "release/vzkit-helper"), temporary);
    if (linux) await run([enterScript, "strip", temporary], { log: "helper", cwd: source });
    else await signHelper(temporary);
    await run([temporary, "--version"], { log: "helper", cwd: source });
    renameSync(temporary, output);
  } finally {
    rmSync(temporary, { force: true });
  }
}
