import { mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packedClient } from "../../scripts/test/packed.js";
import { guest } from "../helpers/guest.js";
import { snippetsIn } from "../helpers/guides.js";
import { helperPath } from "../helpers/helperPath.js";
import { installClient } from "../helpers/packages.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), "vzkit-guide-"));
  await installClient(await packedClient(), folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a reader would do next: look at the console, and end it. */
const ending = `
const output = await machine.console.open();
for await (const chunk of output) {
  process.stdout.write(chunk);
  if (String(chunk).includes("vzkit-guest: ready")) break;
}
await machine.requestStop({ stopAfter: 60 });
const { reason } = await machine.waitUntilStopped();
console.log("stopped:", reason);
await helper.close();
`;

it("the guide to Linux guests boots one with its disk, its port and its folder", async () => {
  const [snippet] = (await snippetsIn("ts")).filter(({ guide }) => guide === "docs/linux-guest.md");
  await symlink(guest.kernel, join(folder, "vmlinuz"));
  await symlink(guest.initrd, join(folder, "initrd.img"));
  // The port of the guide may be somebody's on this host. The system gives a free one for 0.
  const code = (snippet?.code ?? "").replace("hostPort: 2222", "hostPort: 0");
  expect(code).toContain("hostPort: 0");
  await writeFile(join(folder, "program.mjs"), code + ending);
  const options = { cwd: folder, env: { VZKIT_HELPER: helperPath() }, reject: false, all: true } as const;
  const { exitCode, all } = await execa("node", ["program.mjs"], options);
  expect(all).toContain("vzkit-guest: ready");
  expect(all).toContain("stopped: request");
  expect(exitCode).toBe(0);
});
