import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { debianArchitecture } from "./debian.js";
import { SetupError } from "./errors.js";
import { inRoot } from "./privateRoot.js";
import { asAdministrator } from "./privilege.js";
import type { Progress } from "./progress.js";
import { capture, run } from "./run.js";

/** Where apt runs: in the private root, or, when the system's own release is new enough, on the system itself. */
export interface AptHome {
  command: readonly string[];
}

export function aptHome(privately: boolean): AptHome {
  if (!privately) return { command: [] };
  return {
    command: inRoot(),
  };
}

async function aptKnows(home: AptHome, name: string): Promise<boolean> {
  const shown = await capture([...home.command, "apt-cache", "show", "--no-all-versions", name]);
  return shown?.includes("Filename:") === true;
}

/** Makes sure that apt's package lists are there at all; stale ones are renewed when a download fails. */
export async function updateLists(home: AptHome, progress: Progress): Promise<void> {
  await asAdministrator([...home.command, "apt-get", "update"], { log: "apt", progress });
}

/** The newest cloud kernel's package: the meta package only points to it. */
async function kernelPackage(home: AptHome): Promise<string> {
  const meta = `linux-image-cloud-${debianArchitecture()}`;
  const depends = await capture([...home.command, "apt-cache", "depends", meta]);
  const name = depends?.match(/Depends: (linux-image-\S+)/)?.[1];
  if (!name) throw new SetupError(`The package ${meta} is not known to apt. Run \`apt-get update\` and try again.`);
  return name;
}

/**
 * Downloads the kernel and busybox and unpacks both into `folder`. Nothing is installed, and where the package
 * lists are there already no rights are needed.
 */
export async function unpackGuestPackages(home: AptHome, folder: string, progress: Progress): Promise<void> {
  if (!(await aptKnows(home, "busybox-static"))) await updateLists(home, progress);
  const downloads = join(folder, "downloads");
  await mkdir(downloads, { recursive: true });
  const download = async () => {
    // Without the sandbox option apt wants to become its own user, who may not write here.
    const command = [...home.command, "apt-get", "-o", "APT::Sandbox::User=root", "download"];
    const names = [await kernelPackage(home), "busybox-static"];
    await run([...command, ...names], { log: "guest", cwd: downloads, progress });
  };
  try {
    await download();
  } catch {
    // Most likely the lists are older than the archive's last point release.
    await updateLists(home, progress);
    await download();
  }
  for (const name of await readdir(downloads)) {
    if (name.endsWith(".deb")) await run(["dpkg-deb", "-x", join(downloads, name), folder], { log: "guest" });
  }
  if (!existsSync(join(folder, "boot"))) throw new SetupError("The kernel package holds no /boot.");
}
