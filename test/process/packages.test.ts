import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packHelper } from "../../scripts/packHelper.js";
import { projectRoot } from "../../scripts/setup/paths.js";

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
