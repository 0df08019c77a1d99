import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { asAdministrator } from "../../scripts/setup/privilege.js";

let folder: string;

/** A user who is not root, on a PATH of this test's own. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vzkit-rights-"));
  await mkdir(join(folder, "bin"));
  vi.stubEnv("PATH", join(folder, "bin"));
  vi.stubEnv("XDG_CACHE_HOME", folder);
  vi.spyOn(process, "getuid").mockReturnValue(1000);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

const touch = () => ["/usr/bin/touch", join(folder, "made by root")];

async function sudo(script: string): Promise<void> {
  await writeFile(join(folder, "bin/sudo"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

describe("steps that need administrator rights", () => {
  it("go through sudo where it works without a password", async () => {
    await sudo(`[ "$1" = -n ] && exit 0\necho "$@" > ${folder}/asked\nexec "$@"`);
    await asAdministrator(touch(), { log: "try" });
    expect(existsSync(join(folder, "made by root"))).toBe(true);
    expect(await readFile(join(folder, "asked"), "utf8")).toBe(`${touch().join(" ")}\n`);
  });

  it("name the exact command, ready to be pasted, where there is no sudo", async () => {
    const words = `/usr/bin/touch '${folder}/made by root'`;
    await expect(asAdministrator(touch(), { log: "try" })).rejects.toThrow(words);
    expect(existsSync(join(folder, "made by root"))).toBe(false);
  });

  it("do the same where sudo wants a password and there is no terminal to type it on", async () => {
    await sudo("exit 1");
    await expect(asAdministrator(touch(), { log: "try" })).rejects.toThrow("Ask an administrator to run");
  });

  it("run as they are for root", async () => {
    vi.spyOn(process, "getuid").mockReturnValue(0);
    await asAdministrator(touch(), { log: "try" });
    expect(existsSync(join(folder, "made by root"))).toBe(true);
  });
});
