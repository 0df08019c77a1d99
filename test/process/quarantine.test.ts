import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Diagnosis } from "../../src/cli/doctor.js";
import { helperPath } from "../helpers/helperPath.js";

const entry = fileURLToPath(new URL("../../scripts/vzkit.mjs", import.meta.url));

describe.skipIf(process.platform !== "darwin")("a helper in quarantine (macOS hosts only)", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vzkit-quarantine-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("is named by the doctor, with the command that takes it out", async () => {
    const path = join(folder, "vzkit-helper");
    await copyFile(helperPath(), path);
    await execa("xattr", ["-w", "com.apple.quarantine", "0081;00000000;Browser;", path]);
    const options = { env: { VZKIT_HELPER: path }, reject: false, stdin: "ignore" } as const;
    const { stdout } = await execa(process.execPath, [entry, "doctor", "--json"], options);
    const [fact] = (JSON.parse(stdout) as Diagnosis).facts;
    expect(fact).toMatchObject({ id: "helper", remedy: expect.stringContaining("xattr -d com.apple.quarantine") });
    expect(fact?.finding).toContain("quarantine");
    expect(fact?.status).toMatch(/^(warning|problem)$/);
  });
});
