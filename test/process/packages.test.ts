import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterScript } from "../../scripts/setup/paths.js";
import { isAtLeast } from "../../scripts/setup/versions.js";
import { packedClient, packedHelper } from "../../scripts/test/packed.js";
import type { Diagnosis } from "../../src/cli/doctor.js";
import { installClient, readManifest, unpack } from "../helpers/packages.js";

const helperPackage = `@vzkit/helper-${process.platform}-${process.arch}`;

/** What people install: the package and, beside it, the one with the helper for their platform. */
let folder: string;
let modules: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), "vzkit-packages-"));
  modules = join(folder, "node_modules");
  // A helper that the user has set up for this version would come first.
  env = { VZKIT_HELPER: "", XDG_CACHE_HOME: join(folder, "cache") };
  await installClient(await packedClient(), folder);
  await unpack(await packedHelper(), folder, helperPackage);
}, 600_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

it("an installed package finds the helper of its platform's package", async () => {
  const program = join(folder, "program.mjs");
  await writeFile(
    program,
    `import { launchHelper } from "vzkit";
const helper = await launchHelper();
const { host } = await helper.host.describe();
console.log(JSON.stringify({ os: host.os }));
await helper.close();
`,
  );
  const { stdout } = await execa("node", [program], { cwd: folder, env });
  expect(JSON.parse(stdout)).toMatchObject({ os: process.platform === "darwin" ? "macOS" : "Linux" });
});

it("the installed command runs, and reports the helper of its platform's package", async () => {
  // Not everything need be well with the host.
  const options = { cwd: folder, env, reject: false };
  const { stdout } = await execa(join(modules, ".bin/vzkit"), ["doctor", "--json"], options);
  const { facts } = JSON.parse(stdout) as Diagnosis;
  expect(facts[0]).toMatchObject({ id: "helper", status: "ok", finding: expect.stringContaining(modules) });
  expect(facts.length).toBeGreaterThan(1);
  const setup = await execa(join(modules, ".bin/vzkit"), ["setup"], options);
  expect(setup).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`a helper that runs: ${modules}`) });
});

it("the installed command runs in a folder that was deleted", async () => {
  const deleted = join(folder, "deleted");
  const line = `mkdir "$1" && cd "$1" && rmdir "$1" && exec "$0" doctor --json`;
  const command = ["-c", line, join(modules, ".bin/vzkit"), deleted];
  const { stdout, stderr } = await execa("bash", command, { env, reject: false });
  expect(stderr).not.toContain("    at ");
  expect((JSON.parse(stdout) as Diagnosis).facts[0]).toMatchObject({ id: "helper", status: "ok" });
});

it("the client names the helpers of all platforms, of which npm installs the one that fits", async () => {
  const client = await readManifest(folder, "vzkit");
  const names = ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64"].map((name) => `@vzkit/helper-${name}`);
  expect(client.optionalDependencies).toEqual(Object.fromEntries(names.map((name) => [name, client.version])));
  const helper = await readManifest(folder, helperPackage);
  expect(helper).toMatchObject({ version: client.version, os: [process.platform], cpu: [process.arch] });
  expect(helper.libc).toEqual(process.platform === "linux" ? ["glibc"] : undefined);
  // npm runs install scripts of packages only when told to.
  for (const { scripts } of [client, helper]) expect(scripts).toBeUndefined();
});

it("brings what is needed to sign the helper anew", async () => {
  for (const place of ["vzkit/helper", helperPackage]) {
    const entitlements = await readFile(join(modules, place, "vzkit-helper.entitlements"), "utf8");
    expect(entitlements).toContain("com.apple.security.virtualization");
    expect(await readFile(join(modules, place, "Info.plist"), "utf8")).toContain("<plist");
  }
});

describe.skipIf(process.platform !== "linux")("the helper's program (Linux hosts only)", () => {
  const readelf = async (...options: string[]) => {
    const program = join(modules, helperPackage, "vzkit-helper");
    return (await execa(enterScript, ["readelf", "--wide", ...options, program])).stdout;
  };

  it("needs no library but the C library's own", async () => {
    const needed = [...(await readelf("--dynamic")).matchAll(/\(NEEDED\).*\[(.+)\]/g)].map(([, name]) => name);
    expect(needed).toContain("libc.so.6");
    for (const name of needed) expect(name).toMatch(/^(libc\.so\.6|libm\.so\.6|ld-linux-.*)$/);
  });

  it("runs with the C libraries of Debian 12 and Ubuntu 22.04, and so with all newer ones", async () => {
    const versions = [...(await readelf("--version-info")).matchAll(/GLIBC_(\d+(?:\.\d+)+)/g)];
    expect(versions.length).toBeGreaterThan(0);
    for (const [name, version = ""] of versions) expect(isAtLeast("2.35", version), `${name} is newer`).toBe(true);
    // Through the system's own loader, where no private root has one of its own for it.
    expect(await readelf("--program-headers")).toMatch(/interpreter: \/lib(64)?\/ld-linux/);
  });
});
