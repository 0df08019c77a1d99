import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { helperWork } from "../../scripts/build/helper.js";
import { usesPrivateRoot } from "../../scripts/build/linking.js";
import { debianRoot } from "../../scripts/setup/paths.js";
import { packedClient } from "../../scripts/test/packed.js";
import type { Diagnosis } from "../../src/cli/doctor.js";
import { installClient } from "../helpers/packages.js";

// A user for whose platform there is no package: the client alone, in a project that has nothing else.
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), "vzkit setup "));
  await mkdir(join(folder, "project"));
  await installClient(await packedClient(), join(folder, "project"));
  env = {
    VZKIT_HELPER: "",
    XDG_CACHE_HOME: join(folder, "cache"),
    // The compiler reuses what it made of equal sources for the clone. What the package lacks, it lacks here too.
    VZKIT_SETUP_WORK: helperWork,
    ...(usesPrivateRoot() && { VZKIT_SWIFT_ROOT: debianRoot() }),
  };
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const vzkit = (...args: string[]) =>
  execa(join(folder, "project/node_modules/.bin/vzkit"), args, {
    cwd: join(folder, "project"),
    env,
    reject: false,
    stdin: "ignore",
  });

const helperFact = async () => (JSON.parse((await vzkit("doctor", "--json")).stdout) as Diagnosis).facts[0];

it("builds a helper from the package's sources, once, which the package then finds", { timeout: 900_000 }, async () => {
  const missing = await helperFact();
  expect(missing).toMatchObject({ id: "helper", status: "problem", finding: expect.stringContaining("There is no") });
  expect(missing?.remedy).toMatch(/^Run `npx vzkit setup`/);

  const setup = await vzkit("setup");
  expect(setup.stdout).toMatch(/^The helper is ready: .*\/cache\/vzkit\/helpers\/.*\/vzkit-helper$/);
  expect(setup.exitCode).toBe(0);
  const path = setup.stdout.replace("The helper is ready: ", "");
  expect(await helperFact()).toMatchObject({ status: "ok", finding: expect.stringContaining(path) });

  const again = await vzkit("setup");
  expect(again).toMatchObject({ exitCode: 0, stdout: `There is a helper that runs: ${path}`, stderr: "" });
});

it("says what is in the way of a helper that was named on purpose", async () => {
  const { exitCode, stderr, stdout } = await execa(join(folder, "project/node_modules/.bin/vzkit"), ["setup"], {
    env: { ...env, VZKIT_HELPER: "/nowhere/vzkit-helper" },
    reject: false,
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toContain("named by the variable VZKIT_HELPER, does not exist");
  expect(stderr).not.toContain("    at ");
});
