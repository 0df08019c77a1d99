import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runReadmeProgram } from "../../scripts/release/project.js";
import { packedClient } from "../../scripts/test/packed.js";
import { guest } from "../helpers/guest.js";
import { helperPath } from "../helpers/helperPath.js";
import { installClient } from "../helpers/packages.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), "vzkit-readme-"));
  await installClient(await packedClient(), folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("the program that the README shows works as it is pasted, with the package installed", async () => {
  const env = { VZKIT_HELPER: helperPath() };
  const { exitCode, shown } = await runReadmeProgram(folder, [guest.kernel, guest.initrd], env);
  expect(shown).toContain("vzkit-guest: ready");
  expect(shown).toContain("The guest stopped: request");
  expect(exitCode).toBe(0);
});
