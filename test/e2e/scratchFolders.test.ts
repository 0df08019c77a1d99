import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { launchHelper } from "../../src/index.js";
import { boot, linuxGuest } from "../helpers/guest.js";

describe("a folder for temporary files that cannot be used", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vzkit-scratch-"));
    await mkdir(path.join(folder, "shared"));
    await writeFile(path.join(folder, "shared", "name"), "shared\n");
    await writeFile(path.join(folder, "file"), "");
    for (const name of ["with a blank and ä", "x".repeat(140)]) await mkdir(path.join(folder, name));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ["is too long for a socket", () => path.join(folder, "x".repeat(140))],
    ["is missing", () => path.join(folder, "missing")],
    ["is relative", () => "relative"],
    ["is a file", () => path.join(folder, "file")],
    ["has a blank and an umlaut", () => path.join(folder, "with a blank and ä")],
  ])("does not keep a share from being served: one that %s", async (_, value) => {
    await using helper = await launchHelper({ env: { TMPDIR: value(), XDG_RUNTIME_DIR: value() } });
    await using machine = await helper.machines.create(
      linuxGuest(
        {
          directorySharingDevices: [
            {
              kind: "virtioFileSystem",
              tag: "work",
              share: { kind: "single", directory: { path: path.join(folder, "shared") } },
            },
          ],
        },
        "vzkit.share=work",
      ),
    );
    await boot(machine);
    expect(await runInGuest(machine, "cat /mnt/work/name")).toBe("shared");
    await machine.dispose();
    for (const name of ["with a blank and ä", "x".repeat(140)]) {
      expect((await readdir(path.join(folder, name))).filter((left) => !left.startsWith("vzkit-"))).toEqual([]);
    }
  });
});
