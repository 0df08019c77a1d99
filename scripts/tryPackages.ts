// node scripts/bootstrap.mjs tryPackages FOLDER: installs packed packages into an empty project and runs a guest from there, where the host
// can. The guest is the one that set-up makes, or that VZKIT_GUEST_KERNEL and VZKIT_GUEST_INITRD name.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { guestFiles } from "./guest/files.js";
import { main } from "./main.js";
import { packagesFolder } from "./pack/folder.js";
import { runReadmeProgram, withInstalledProject } from "./release/project.js";
import { SetupError } from "./setup/errors.js";

interface Fact {
  id: string;
  status: string;
  finding: string;
}

/** A user's helper is neither named nor set up: it has to be the one of the package. */
const env = (folder: string) => ({ VZKIT_HELPER: "", XDG_CACHE_HOME: join(folder, "cache") });

async function diagnose(folder: string): Promise<Fact[]> {
  const options = { cwd: folder, env: env(folder), reject: false } as const;
  const { stdout } = await execa(join(folder, "node_modules/.bin/vzkit"), ["doctor", "--json"], options);
  const { facts } = JSON.parse(stdout) as { facts: Fact[] };
  const [helper] = facts;
  if (helper?.status !== "ok") throw new SetupError(`The installed helper does not run: ${helper?.finding}`);
  process.stdout.write(`${helper.finding}\n`);
  return facts;
}

async function runGuest(folder: string): Promise<void> {
  const { kernel, initrd } = guestFiles();
  if (!existsSync(kernel)) throw new SetupError(`There is no guest at ${kernel}.`);
  const { exitCode, shown } = await runReadmeProgram(folder, [kernel, initrd], env(folder));
  if (exitCode !== 0 || !shown.includes("The guest stopped: request")) {
    throw new SetupError(`The guest did not run and stop (exit status ${exitCode}):\n${shown}`);
  }
  process.stdout.write("The README's program ran a guest.\n");
}

await main(async () => {
  await withInstalledProject(packagesFolder(), async (folder) => {
    const problems = (await diagnose(folder)).filter(({ status }) => status === "problem");
    if (problems.length === 0) return runGuest(folder);
    const reasons = problems.map(({ id, finding }) => `  ${id}: ${finding}`).join("\n");
    // Hosted Macs are virtual machines, which run none themselves; everywhere else this is a failure.
    if (process.platform !== "darwin") throw new SetupError(`This host can run no guest:\n${reasons}`);
    process.stdout.write(`No guest was run, since this host can run none:\n${reasons}\n`);
  });
});
