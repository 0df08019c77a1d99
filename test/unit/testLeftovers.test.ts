import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TemporaryFiles } from "../../scripts/test/leftovers.js";

describe("the check that tests leave nothing", () => {
  it("names what the project's own code has left, and nothing else", async () => {
    const files = new TemporaryFiles();
    try {
      writeFileSync(join(files.folder, "of-a-compiler"), "");
      mkdirSync(join(files.folder, "tsx-0"));
      expect(await files.check.run()).toEqual({ ok: true });
      for (const name of ["vzkit-test-1234", ".vzkit-1-a.tmp", "vzt-abc"]) writeFileSync(join(files.folder, name), "");
      const outcome = await files.check.run();
      expect(outcome.ok).toBe(false);
      expect(outcome.output?.split("\n").sort()).toEqual([".vzkit-1-a.tmp", "vzkit-test-1234", "vzt-abc"]);
    } finally {
      files.remove();
    }
    expect(existsSync(files.folder)).toBe(false);
  });

  it("gives its folder to all that makes temporary files", () => {
    const files = new TemporaryFiles();
    const { env, folder } = files;
    files.remove();
    expect(env).toMatchObject({ TMPDIR: folder, XDG_RUNTIME_DIR: folder });
  });
});
