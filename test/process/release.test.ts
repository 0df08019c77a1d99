import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { needsRootLibraries } from "../../scripts/build/linking.js";
import { helperPackage, platforms } from "../../scripts/pack/manifest.js";
import { projectRoot } from "../../scripts/setup/paths.js";
import { packedClient, packedHelper } from "../../scripts/test/packed.js";
import { VERSION } from "../../src/protocol/version.generated.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vzkit-release-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function pack(name: string, more: Record<string, unknown> = {}): Promise<void> {
  const stage = join(folder, "stage");
  await mkdir(stage, { recursive: true });
  await writeFile(join(stage, "package.json"), JSON.stringify({ name, version: VERSION, ...more }));
  await execa("npm", ["pack", "--pack-destination", folder], { cwd: stage });
  await rm(stage, { recursive: true });
}

/** The registry of these tests answers nobody: what is refused must be refused before it is asked. */
const publish = (...args: string[]) =>
  execa(process.execPath, ["--import", "tsx", "scripts/publishPackages.ts", folder, ...args], {
    cwd: projectRoot,
    env: { NODE_AUTH_TOKEN: "", npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" },
    reject: false,
  });

describe("publishing a release", () => {
  it("needs every helper, one version, the tag and packages for everybody", async () => {
    await pack("vzkit");
    await pack(helperPackage("linux-x64"), { private: true });
    await pack(helperPackage("linux-arm64"), { version: "9.9.9" });
    const { exitCode, stderr } = await publish("v9.9.9");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`The tag v9.9.9 does not name version ${VERSION}`);
    expect(stderr).toContain("@vzkit/helper-darwin-arm64 is missing.");
    expect(stderr).toContain(`@vzkit/helper-linux-arm64 has version 9.9.9, not ${VERSION}.`);
    expect(stderr).toContain("@vzkit/helper-linux-x64 was linked for the machine that built it");
    expect(stderr).not.toContain("    at ");
  });

  it("of a whole release stops at the token that is missing", { timeout: 120_000 }, async () => {
    for (const name of ["vzkit", ...platforms.map(helperPackage)]) await pack(name);
    const { exitCode, stderr } = await publish(`v${VERSION}`);
    expect(exitCode).toBe(1);
    expect(stderr.trim()).toBe("NODE_AUTH_TOKEN is not set: the secret NPM_TOKEN holds the token that may publish.");
  });

  it("tried without publishing, shows what npm makes of the packages, and what is missing", async () => {
    for (const tarball of await Promise.all([packedClient(), packedHelper()])) {
      await copyFile(tarball, join(folder, basename(tarball)));
    }
    const { exitCode, stdout, stderr } = await publish(`v${VERSION}`, "--dry-run");
    expect(exitCode).toBe(1);
    const own = helperPackage(`${process.platform}-${process.arch}`);
    // One that was linked for this machine is for nobody else.
    const published = [...(needsRootLibraries() ? [] : [own]), "vzkit"].map((name) => `+ ${name}@${VERSION}`);
    expect(stdout.split("\n").filter((line) => line.startsWith("+ "))).toEqual(published);
    for (const platform of platforms.map(helperPackage)) {
      expect(stderr.includes(`${platform} is missing.`), platform).toBe(platform !== own);
    }
    // What npm would correct in a manifest it says in a warning.
    expect(stderr).not.toMatch(/npm warn publish (?!This command requires you to be logged in)/);
  }, 600_000);
});
