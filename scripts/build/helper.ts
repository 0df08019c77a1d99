import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { withLock } from "../setup/lock.mjs";
import { debianRoot, enterScript, projectRoot } from "../setup/paths.js";
import { Progress } from "../setup/progress.js";
import { run } from "../setup/run.js";
import { hostLinkOptions, quickStartOptions, usesPrivateRoot } from "./linking.js";
import { signHelper } from "./sign.js";
import { fingerprint } from "./sources.js";

const output = join(projectRoot, ".build/helper/vzkit-helper");
const stamp = `${output}.stamp`;

/** Apart from the tests' build folder, so that both can be built side by side. */
const scratch = join(projectRoot, ".build/helper-release");

const sources = [
  "Package.swift",
  "helper/Sources",
  "helper/Info.plist",
  "helper/vzkit-helper.entitlements",
  "scripts/build",
];

function wanted(): string {
  // A helper made in one private root does not run with another.
  return fingerprint(sources, [usesPrivateRoot() ? debianRoot() : "system"]);
}

const isCurrent = (print: string) => existsSync(output) && existsSync(stamp) && readFileSync(stamp, "utf8") === print;

async function build(progress: Progress): Promise<void> {
  const linux = process.platform === "linux";
  const options = linux ? ["--static-swift-stdlib", ...hostLinkOptions(), ...(await quickStartOptions(scratch))] : [];
  const product = ["-c", "release", "--product", "vzkit-helper", "--scratch-path", scratch];
  await run([enterScript, "swift", "build", ...product, ...options], { log: "helper", cwd: projectRoot, progress });
  mkdirSync(dirname(output), { recursive: true });
  const temporary = `${output}.new-${process.pid}`;
  copyFileSync(join(scratch, "release/vzkit-helper"), temporary);
  if (linux) await run([enterScript, "strip", temporary], { log: "helper", cwd: projectRoot });
  else await signHelper(temporary);
  renameSync(temporary, output);
}

/** The path of a release helper that is up to date with its sources. Builds it when it is not, one process at a time. */
export async function ensureHelper(progress = new Progress()): Promise<string> {
  if (isCurrent(wanted())) return output;
  const tell = (message: string) => progress.line(message);
  await withLock(join(projectRoot, ".build/helper.lock"), "Building the helper", tell, async () => {
    // Taken before the build: what is edited meanwhile counts as newer.
    const print = wanted();
    if (isCurrent(print)) return;
    await progress.during("Building the helper", projectRoot, () => build(progress));
    writeFileSync(stamp, print);
  });
  return output;
}
