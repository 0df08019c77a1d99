import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { helperPackage } from "../pack/manifest.js";
import { SetupError } from "../setup/errors.js";
import { projectRoot } from "../setup/paths.js";
import { readTarballs } from "./tarballs.js";

/** Installs the packed client and this platform's helper into an empty project by npm, and hands its folder to `use`. */
export async function withInstalledProject<Result>(
  packages: string,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const own = ["vzkit", helperPackage(`${process.platform}-${process.arch}`)];
  const tarballs = (await readTarballs(packages)).filter(({ name }) => own.includes(name));
  if (tarballs.length !== own.length) throw new SetupError(`${packages} does not hold ${own.join(" and ")}.`);
  const folder = await mkdtemp(join(await realpath(tmpdir()), "vzkit-project-"));
  try {
    await writeFile(join(folder, "package.json"), JSON.stringify({ private: true }));
    // The helpers of other platforms may not be in the registry yet; npm passes over what it does not find.
    const install = ["install", "--no-audit", "--no-fund", "--loglevel=error", ...tarballs.map(({ path }) => path)];
    await execa("npm", install, { cwd: folder });
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns the first program that the README shows: what a new user pastes. */
async function readmeProgram(): Promise<string> {
  const readme = await readFile(join(projectRoot, "README.md"), "utf8");
  const program = /```js\n([\s\S]*?)```/.exec(readme)?.[1];
  if (program === undefined) throw new Error("The README shows no program.");
  return program;
}

/**
 * Runs the README's program in a project in which vzkit is installed, and presses Ctrl-C when the test guest is ready.
 * Resolves with the exit status and what the program showed.
 */
export async function runReadmeProgram(
  folder: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ exitCode: number | undefined; shown: string }> {
  const path = join(folder, "program.mjs");
  await writeFile(path, await readmeProgram());
  const program = execa("node", [path, ...args], { cwd: folder, env, reject: false, all: true, timeout: 300_000 });
  let shown = "";
  for await (const chunk of program.iterable({ from: "all", preserveNewlines: true })) {
    const wasReady = shown.includes("vzkit-guest: ready");
    shown += chunk;
    if (!wasReady && shown.includes("vzkit-guest: ready")) program.kill("SIGINT");
  }
  return { exitCode: (await program).exitCode, shown };
}
