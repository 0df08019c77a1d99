import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { type Helper, launchHelper, type MachineConfiguration, mib } from "../../src/index.js";
import { nat } from "../helpers/bundles.js";
import { boot, guest, linuxGuest } from "../helpers/guest.js";

const versionOne = fileURLToPath(new URL("../fixtures/bundles/version-1.vzkit", import.meta.url));

describe("bundles", () => {
  let root: string;
  let folder: string;
  let helper: Helper;
  let count = 0;
  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), "vzkit-bundle-"));
    helper = await launchHelper();
  });
  afterAll(async () => {
    await helper[Symbol.asyncDispose]();
    await rm(root, { recursive: true, force: true });
  });

  /** A path in a folder that is this call's own. */
  async function place(name = "dev.vzkit"): Promise<string> {
    folder = path.join(root, `case-${count++}`);
    await mkdir(folder);
    return path.join(folder, name);
  }

  async function make(diskSize = mib(16), more: Partial<MachineConfiguration> = {}): Promise<string> {
    const { path: bundle } = await helper.bundles.create(await place(), {
      configuration: linuxGuest({ ...nat, ...more }),
      diskSize,
    });
    return bundle;
  }

  const stateOf = async (bundle: string): Promise<string> => (await helper.bundles.get(bundle).inspect()).bundle.state;

  it("a guest boots from a bundle, and what it writes is there in a clone", async () => {
    const bundle = await make();
    expect(await stateOf(bundle)).toBe("complete");
    {
      await using machine = await helper.machines.open(bundle);
      await boot(machine);
      await runInGuest(machine, "echo kept > /dev/vda; sync");
      await machine.stop();
    }
    const clone = await helper.bundles.get(bundle).clone(path.join(folder, "copy.vzkit"));
    await using machine = await helper.machines.open(clone.path);
    await boot(machine);
    expect(await runInGuest(machine, "head -c 4 /dev/vda")).toBe("kept");
  });

  it("stores paths of the bundle relative to it, so that it can be moved", async () => {
    const bundle = await make();
    expect(await readdir(bundle)).toEqual(["disk.img", "machine.json"]);
    expect(JSON.parse(await readFile(path.join(bundle, "machine.json"), "utf8"))).toMatchObject({
      version: 2,
      installation: "notRequired",
      configuration: {
        bootLoader: { kernelPath: guest.kernel },
        storageDevices: [{ attachment: { path: "disk.img" } }],
        platform: { machineIdentifier: expect.any(String) },
      },
    });
    const { path: moved } = await helper.bundles.get(bundle).rename("moved");
    expect(moved).toBe(path.join(folder, "moved.vzkit"));
    const { configuration, diskSize } = await helper.bundles.get(moved).inspect();
    expect(configuration?.storageDevices).toMatchObject([{ attachment: { path: path.join(moved, "disk.img") } }]);
    expect(diskSize).toBe(mib(16));
    await using machine = await helper.machines.open(moved);
    expect(machine.configuration?.platform).toEqual(configuration?.platform);
  });

  it("is one helper's at a time, and the second is told whose", async () => {
    const bundle = await make();
    await using other = await launchHelper();
    const machine = await helper.machines.open(bundle, { name: "first" });
    const pid = String(helper.info.helper.processIdentifier);
    for (const attempt of [
      () => other.machines.open(bundle),
      () => helper.machines.open(bundle),
      () => other.bundles.get(bundle).delete(),
      () => other.bundles.get(bundle).rename("other"),
      () => other.bundles.get(bundle).resizeDisk(mib(32)),
      () => other.bundles.get(bundle).clone(path.join(folder, "clone.vzkit")),
    ]) {
      const error = await attempt().then(
        () => "it was allowed",
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ kind: "inUse" });
      expect(String(error)).toContain("first");
      expect(String(error)).toContain(pid);
    }
    expect((await other.bundles.get(bundle).inspect()).bundle).toMatchObject({
      state: "inUse",
      reason: expect.stringContaining(pid),
    });
    expect(await readdir(folder)).toEqual(["dev.vzkit"]);
    await machine.dispose();
    await (await other.machines.open(bundle)).dispose();
    await other.bundles.get(bundle).delete();
    expect(await readdir(folder)).toEqual([]);
  });

  it("a disk that another machine runs on is neither cloned nor deleted", async () => {
    const bundle = await make();
    const disk = path.join(bundle, "disk.img");
    const configuration = linuxGuest({
      storageDevices: [{ kind: "virtioBlock", attachment: { kind: "diskImage", path: disk } }],
    });
    await using machine = await helper.machines.create(configuration, { name: "stranger" });
    await machine.start();
    const refused = { kind: "inUse", message: expect.stringContaining("stranger") };
    await expect(helper.bundles.get(bundle).delete()).rejects.toMatchObject(refused);
    await expect(helper.bundles.get(bundle).clone(path.join(folder, "c.vzkit"))).rejects.toMatchObject(refused);
    expect(await stateOf(bundle)).toBe("complete");
  });

  it("grows a disk, which the guest sees, and never cuts one off", async () => {
    const bundle = await make(mib(16));
    await expect(helper.bundles.get(bundle).resizeDisk(mib(8))).rejects.toMatchObject({
      kind: "invalidParams",
      message: expect.stringContaining("never made smaller"),
    });
    await expect(helper.bundles.get(bundle).resizeDisk(mib(20) + 1)).rejects.toMatchObject({ kind: "invalidParams" });
    expect(await helper.bundles.get(bundle).resizeDisk(mib(48))).toEqual({ size: mib(48), notes: [] });
    await using machine = await helper.machines.open(bundle);
    await boot(machine);
    expect(await runInGuest(machine, "cat /sys/block/vda/size")).toBe(String(mib(48) / 512));
  });

  it("opens version 1, and refuses a newer one by naming both versions", async () => {
    const bundle = await place("old.vzkit");
    await cp(versionOne, bundle, { recursive: true });
    expect((await helper.bundles.get(bundle).inspect()).bundle).toMatchObject({ state: "incomplete" });
    await writeFile(path.join(bundle, "disk.img"), Buffer.alloc(4096));
    await cp(guest.kernel, path.join(bundle, "vmlinuz"));
    expect((await helper.bundles.get(bundle).inspect()).bundle).toMatchObject({ state: "complete", version: 1 });
    await (await helper.machines.open(bundle)).dispose();
    const clone = await helper.bundles.get(bundle).clone(path.join(folder, "new.vzkit"));
    expect((await helper.bundles.get(clone.path).inspect()).bundle).toMatchObject({
      version: 2,
      installation: "notRequired",
    });

    const document = path.join(bundle, "machine.json");
    await writeFile(document, '{"version":3,"shape":"unknown"}');
    expect(await stateOf(bundle)).toBe("newer");
    for (const attempt of [
      () => helper.machines.open(bundle),
      () => helper.bundles.get(bundle).clone(path.join(folder, "x.vzkit")),
      () => helper.bundles.get(bundle).resizeDisk(mib(1)),
    ])
      await expect(attempt()).rejects.toMatchObject({
        kind: "bundleTooNew",
        message: expect.stringMatching(/version 3.*up to 2|version 3.*versions up to 2/),
      });
  });

  it.each([
    ["no JSON", "{"],
    ["no version", "{}"],
    ["a version that never was", '{"version":0}'],
    [
      "a path out of the bundle",
      '{"version":2,"installation":"notRequired","configuration":{"cpuCount":1,"memorySize":268435456,"bootLoader":{"kind":"linux","kernelPath":"../../etc/passwd"}}}',
    ],
    ["nesting without end", "[".repeat(100_000)],
    ["a huge file", " ".repeat(3_000_000)],
  ])("a machine.json with %s makes the bundle incomplete, with the reason", async (_, text) => {
    const bundle = await make();
    await writeFile(path.join(bundle, "machine.json"), text);
    const { bundle: summary } = await helper.bundles.get(bundle).inspect();
    expect(summary).toMatchObject({ state: "incomplete", reason: expect.stringContaining("machine.json") });
    await expect(helper.machines.open(bundle)).rejects.toMatchObject({ kind: "bundleIncomplete" });
    await helper.bundles.get(bundle).delete();
  });

  it("refuses names that are none", async () => {
    const bundle = await make();
    for (const name of ["", "a/b", "../up", ".", "..", ".hidden", "x".repeat(300), "nul\0"])
      await expect(helper.bundles.get(bundle).rename(name), name).rejects.toMatchObject({ kind: "invalidParams" });
    for (const name of ["dev", ".vzkit", `${"x".repeat(300)}.vzkit`])
      await expect(
        helper.bundles.create(path.join(folder, name), { configuration: linuxGuest() }),
        name,
      ).rejects.toMatchObject({ kind: "invalidParams" });
    await expect(helper.bundles.get(bundle).rename("x".repeat(300))).rejects.toThrow(/306 bytes.*at most 240/);
    await helper.bundles.create(path.join(folder, "taken.vzkit"), { configuration: linuxGuest() });
    await expect(helper.bundles.get(bundle).rename("taken")).rejects.toMatchObject({ kind: "fileExists" });
    await expect(helper.bundles.get(bundle).clone(path.join(folder, "taken.vzkit"))).rejects.toMatchObject({
      kind: "fileExists",
    });
    expect((await readdir(folder)).sort()).toEqual(["dev.vzkit", "taken.vzkit"]);
  });

  it("does not delete what only has a bundle's name", async () => {
    const photos = await place("photos.vzkit");
    await mkdir(photos);
    await writeFile(path.join(photos, "holiday.jpg"), "");
    await expect(helper.bundles.get(photos).delete()).rejects.toMatchObject({
      kind: "bundleIncomplete",
      message: expect.stringContaining("holiday.jpg"),
    });
    const link = path.join(folder, "link.vzkit");
    await symlink(photos, link);
    await expect(helper.bundles.get(link).delete()).rejects.toMatchObject({ kind: "bundleIncomplete" });
    expect(await readdir(photos)).toEqual(["holiday.jpg"]);
  });

  it("a configuration that is refused leaves nothing behind and names the bundle's own path", async () => {
    const bundle = await place();
    const attachment = { kind: "diskImage", path: path.join(bundle, "missing.img") } as const;
    const request = helper.bundles.create(bundle, {
      configuration: linuxGuest({ storageDevices: [{ kind: "virtioBlock", attachment }] }),
      diskSize: mib(1),
    });
    await expect(request).rejects.toMatchObject({
      kind: "fileNotFound",
      message: expect.stringContaining(attachment.path),
    });
    expect(await readdir(folder)).toEqual([]);
  });
});
