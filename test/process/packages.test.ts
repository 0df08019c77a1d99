import { chmod, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packHelper } from "../../scripts/packHelper.js";
import { projectRoot } from "../../scripts/setup/paths.js";
import type { Diagnosis } from "../../src/cli/doctor.js";

// What people install: the package and, beside it, the one with the helper for their platform.
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), "vzkit-packages-"));
  const { stdout } = await execa("npm", ["pack", "--json", "--pack-destination", folder], { cwd: projectRoot });
  const [client] = JSON.parse(stdout) as { filename: string }[];
  await unpack(join(folder, client?.filename ?? ""), "vzkit");
  await unpack(await packHelper(folder), `@vzkit/helper-${process.platform}-${process.arch}`);
  for (const name of ["execa", "zod", "vscode-jsonrpc"]) {
    await symlink(join(projectRoot, "node_modules", name), join(folder, "node_modules", name));
  }
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function unpack(tarball: string, name: string): Promise<void> {
  const target = join(folder, "node_modules", name);
  await mkdir(target, { recursive: true });
  await execa("tar", ["-xzf", tarball, "-C", target, "--strip-components", "1"]);
}

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
  const { stdout } = await execa("node", [program], { cwd: folder, env: { VZKIT_HELPER: "" } });
  expect(JSON.parse(stdout)).toMatchObject({ os: process.platform === "darwin" ? "macOS" : "Linux" });
});

it("the installed command runs, and reports the helper of its platform's package", async () => {
  const modules = join(folder, "node_modules");
  const manifest = JSON.parse(await readFile(join(modules, "vzkit/package.json"), "utf8")) as {
    bin: { vzkit: string };
  };
  const program = join(modules, "vzkit", manifest.bin.vzkit);
  // What npm does with a package's commands.
  await chmod(program, 0o755);
  await mkdir(join(modules, ".bin"));
  await symlink(program, join(modules, ".bin/vzkit"));
  const { stdout } = await execa(join(modules, ".bin/vzkit"), ["doctor", "--json"], {
    cwd: folder,
    env: { VZKIT_HELPER: "" },
    // Not everything need be well with the host.
    reject: false,
  });
  const { facts } = JSON.parse(stdout) as Diagnosis;
  expect(facts[0]).toMatchObject({ id: "helper", status: "ok", finding: expect.stringContaining(modules) });
  expect(facts.length).toBeGreaterThan(1);
});
