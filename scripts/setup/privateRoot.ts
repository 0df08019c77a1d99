import { existsSync } from "node:fs";
import { join } from "node:path";
import { aptInstall, isUnpacked, systemMirror } from "./apt.js";
import { debianArchitecture, type Release } from "./debian.js";
import { findProgram } from "./find.js";
import { debianRoot, enterScript, projectRoot } from "./paths.js";
import { asAdministrator } from "./privilege.js";
import type { Step } from "./step.js";
import { toolChainPackages } from "./toolChain.js";

/** The release the private root holds: the first one of Debian with Swift 6. */
const SUITE = "trixie";

const emulator = debianArchitecture() === "arm64" ? "qemu-system-arm" : "qemu-system-x86";

/** A recent virtiofsd, and a second QEMU to test with. */
const virtualization = ["virtiofsd", emulator];

/** What the root carries. A root that lacks some of it, from an older set-up, gets it installed. */
const packages = () => [...(findProgram("swift") ? [] : toolChainPackages()), ...virtualization];

const isMade = () => existsSync(join(debianRoot(), "var/lib/dpkg/status"));
const missing = () => packages().filter((name) => !isUnpacked(name, debianRoot()));

/** Put before a command, runs it inside the root. */
export const inRoot = (): string[] => ["env", `VZKIT_SWIFT_ROOT=${debianRoot()}`, enterScript];

/** mmdebstrap on the system, which makes the root. */
export const mmdebstrapStep: Step = {
  title: "Installing mmdebstrap (25 MB), which makes a private Debian root",
  isDone: () => isMade() || findProgram("mmdebstrap") !== undefined,
  run: (progress) => aptInstall(["mmdebstrap", "debian-archive-keyring"], progress),
};

/** The root itself. */
export function privateRootStep(release: Release): Step {
  return {
    title: `Making a private Debian root in ${debianRoot()} (0.9 GB to download, 3 GB on disk, 2 to 5 minutes)`,
    isDone: isMade,
    run: async (progress) => {
      const mirror = release.id === "debian" ? await systemMirror(release.codename) : undefined;
      const make = [join(projectRoot, "scripts/setup/makeRoot"), debianRoot(), SUITE, packages().join(",")];
      // When this process is killed, so is the script, and all that it has started.
      const command = ["setpriv", "--pdeathsig", "KILL", ...make, ...(mirror ? [mirror] : [])];
      await asAdministrator(command, { log: "root", progress });
    },
  };
}

/** Packages that an older set-up did not put into the root. */
export const rootPackagesStep: Step = {
  title: "Completing the private Debian root",
  isDone: () => missing().length === 0,
  run: async (progress) => {
    await aptInstall(missing(), progress, inRoot());
  },
};
