import { spawnSync } from "node:child_process";
import { workingDirectory } from "./paths.js";

/** Milliseconds in which a helper that runs here has said its version. */
const TIME = 10_000;

/** Tells whether this system runs a helper, which it does not when a library that the helper needs is missing or too old. */
export function runsHere(path: string): boolean {
  const cwd = workingDirectory() ?? "/";
  return spawnSync(path, ["--version"], { cwd, stdio: "ignore", timeout: TIME }).status === 0;
}
