import { existsSync } from "node:fs";
import { join } from "node:path";
import { debianArchitecture } from "./debian.js";
import { asAdministrator } from "./privilege.js";
import type { Progress } from "./progress.js";
import { capture } from "./run.js";

const install =
  "DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=600";

/** Whether dpkg has the package unpacked below `root` ("/" for the system). Looks at dpkg's files only. */
export function isUnpacked(name: string, root = "/"): boolean {
  const info = join(root, "var/lib/dpkg/info");
  return existsSync(join(info, `${name}.list`)) || existsSync(join(info, `${name}:${debianArchitecture()}.list`));
}

/** The version apt would install, or undefined when it knows of none. */
export async function candidateVersion(name: string): Promise<string | undefined> {
  const policy = await capture(["apt-cache", "policy", name]);
  const version = policy?.match(/Candidate: (\S+)/)?.[1];
  return version === "(none)" ? undefined : version;
}

/**
 * Installs packages, on the system or, with `enter` as prefix, in the private root. One command as root, so that the
 * user is asked for the password once and an administrator has one line to run.
 */
export async function aptInstall(names: string[], progress: Progress, prefix: readonly string[] = []): Promise<void> {
  const script = `apt-get update && ${install} ${names.join(" ")}`;
  await asAdministrator([...prefix, "sh", "-c", script], { log: "apt", progress });
}

/** Where the system gets its own release from: the private root uses the same mirror. */
export async function systemMirror(codename: string): Promise<string | undefined> {
  const targets = await capture([
    "apt-get",
    "indextargets",
    "--format",
    "$(RELEASE) $(CODENAME) $(COMPONENT) $(REPO_URI)",
  ]);
  for (const line of targets?.split("\n") ?? []) {
    const [release, name, component, uri] = line.split(" ");
    if (component === "main" && (release === codename || name === codename)) return uri;
  }
  return undefined;
}
