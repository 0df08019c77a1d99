import { chmod, mkdir, readdir, rename, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Helper, launchHelper, mib } from "../../src/index.js";
import { BundleFolder, fillDisk, nat, sameFile } from "../helpers/bundles.js";
import { linuxGuest } from "../helpers/guest.js";
import { helperPath } from "../helpers/helperPath.js";

describe("places of bundles", () => {
  let helper: Helper;
  beforeAll(async () => {
    helper = await launchHelper();
  });
  afterAll(() => helper[Symbol.asyncDispose]());

  const make = async (bundle: string): Promise<string> =>
    (await helper.bundles.create(bundle, { configuration: linuxGuest(nat), diskSize: mib(16) })).path;

  /** A folder with another one in it, which stands for a drive. */
  async function withDrive(folder: BundleFolder): Promise<string> {
    const drive = path.join(folder.path, "drive");
    await mkdir(drive);
    return drive;
  }

  it("a link to a bundle stands for it, and deleting the link leaves the bundle", async () => {
    await using folder = await BundleFolder.make();
    const real = await make(path.join(await withDrive(folder), "real.vzkit"));
    const link = folder.bundle("dev");
    await symlink(real, link);
    expect((await helper.bundles.get(link).inspect()).bundle).toMatchObject({ state: "complete", linkTarget: real });
    expect((await helper.bundles.list(folder.path)).map((each) => each.linkTarget)).toEqual([real]);
    expect((await helper.bundles.get(link).inspect()).diskSize).toBe(mib(16));
    expect(await helper.bundles.get(link).resizeDisk(mib(24))).toMatchObject({ size: mib(24) });
    expect((await stat(path.join(real, "disk.img"))).size).toBe(mib(24));
    await helper.bundles.get(link).clone(folder.bundle("clone"));
    await sameFile(real, folder.bundle("clone"));
    const machine = await helper.machines.open(link);
    for (const name of [link, real]) await expect(helper.machines.open(name)).rejects.toMatchObject({ kind: "inUse" });
    await expect(helper.bundles.get(link).delete()).rejects.toMatchObject({ kind: "inUse" });
    await machine.dispose();
    const renamed = await helper.bundles.get(link).rename("renamed");
    await renamed.delete();
    expect(await folder.names()).toEqual(["clone.vzkit", "drive"]);
    expect((await readdir(real)).sort()).toEqual(["disk.img", "machine.json"]);
  });

  it("a linked disk has the size, the bytes and the lock of the file", async () => {
    await using folder = await BundleFolder.make();
    const bundle = await make(folder.bundle());
    await fillDisk(bundle, 2);
    const disk = path.join(await withDrive(folder), "big.img");
    await rename(path.join(bundle, "disk.img"), disk);
    await symlink(disk, path.join(bundle, "disk.img"));
    const report = await helper.bundles.get(bundle).inspect();
    expect(report.diskSize).toBe(mib(16));
    expect(report.diskLinkTarget).toBe(disk);
    expect(report.diskUsage).toBeGreaterThanOrEqual(mib(2));
    expect(await helper.bundles.get(bundle).resizeDisk(mib(32))).toMatchObject({ size: mib(32) });
    expect((await stat(disk)).size).toBe(mib(32));
    const { path: clone } = await helper.bundles.get(bundle).clone(folder.bundle("clone"));
    expect((await helper.bundles.list(folder.path)).map((each) => each.state)).toEqual(["complete", "complete"]);
    await sameFile(bundle, clone);
    const attachment = { kind: "diskImage", path: disk } as const;
    {
      const storageDevices = [{ kind: "virtioBlock", attachment }] as const;
      await using machine = await helper.machines.create(linuxGuest({ storageDevices: [...storageDevices] }));
      await machine.start();
      for (const attempt of [
        () => helper.bundles.get(bundle).resizeDisk(mib(48)),
        () => helper.bundles.get(bundle).delete(),
      ])
        await expect(attempt()).rejects.toMatchObject({ kind: "inUse" });
    }
    await helper.bundles.get(bundle).delete();
    expect((await stat(disk)).size).toBe(mib(32));
  });

  it("a drive that is not there is named", async () => {
    await using folder = await BundleFolder.make();
    const drive = await withDrive(folder);
    const [link, bundle] = [folder.bundle("link"), await make(folder.bundle("own"))];
    await symlink(path.join(drive, "dev.vzkit"), link);
    await rename(path.join(bundle, "disk.img"), path.join(drive, "big.img"));
    await symlink(path.join(drive, "big.img"), path.join(bundle, "disk.img"));
    await rename(path.join(drive, "big.img"), path.join(folder.path, "unplugged.img"));
    const said = expect.stringMatching(/is a link to .*\/drive\/.*Connect the drive/);
    expect(await helper.bundles.list(folder.path)).toMatchObject([
      { name: "link", state: "incomplete", reason: said },
      { name: "own", state: "incomplete", reason: said },
    ]);
    for (const attempt of [
      () => helper.machines.open(link),
      () => helper.bundles.get(link).clone(folder.bundle("clone")),
      () => helper.bundles.get(link).resizeDisk(mib(64)),
    ])
      await expect(attempt()).rejects.toMatchObject({ kind: "fileNotFound", message: said });
    await expect(helper.machines.open(bundle)).rejects.toMatchObject({ kind: "bundleIncomplete", message: said });
    await helper.bundles.get(link).delete();
    await helper.bundles.get(bundle).delete();
    expect(await folder.names()).toEqual(["drive", "unplugged.img"]);
  });

  it("no bundle is made in a bundle, by whatever way", async () => {
    await using folder = await BundleFolder.make();
    const bundle = await make(folder.bundle());
    const [other, door, real] = [
      await make(folder.bundle("other")),
      path.join(folder.path, "door"),
      path.join(folder.path, "plain"),
    ];
    await symlink(bundle, door);
    await rename(await make(folder.bundle("moved")), real);
    for (const place of [bundle, door])
      await expect(helper.bundles.get(bundle).clone(path.join(place, "in.vzkit"))).rejects.toMatchObject({
        kind: "invalidParams",
        message: expect.stringContaining("which it is copied from"),
      });
    await mkdir(path.join(bundle, "deep"));
    for (const place of [bundle, door, path.join(bundle, "deep"), real]) {
      const target = path.join(place, "in.vzkit");
      for (const attempt of [() => helper.bundles.get(other).clone(target), () => make(target)])
        await expect(attempt(), target).rejects.toMatchObject({
          kind: "invalidParams",
          message: expect.stringContaining("lies in"),
        });
    }
    expect((await readdir(bundle)).sort()).toEqual(["deep", "disk.img", "machine.json"]);
  });

  it("a bundle is not deleted while one in it is open", async () => {
    await using folder = await BundleFolder.make();
    const outer = await make(folder.bundle());
    const inner = path.join(outer, "in.vzkit");
    await rename(await make(folder.bundle("in")), inner);
    {
      await using other = await launchHelper();
      await using _ = await other.machines.open(inner, { name: "inside" });
      await expect(helper.bundles.get(outer).delete()).rejects.toMatchObject({
        kind: "inUse",
        message: expect.stringContaining("inside"),
      });
      expect(await folder.names()).toEqual(["dev.vzkit"]);
    }
    await helper.bundles.get(outer).delete();
    expect(await folder.names()).toEqual([]);
  });

  it("an empty disk makes a bundle incomplete", async () => {
    await using folder = await BundleFolder.make();
    const bundle = await make(folder.bundle());
    await writeFile(path.join(bundle, "disk.img"), "");
    expect((await helper.bundles.get(bundle).inspect()).bundle).toMatchObject({
      state: "incomplete",
      reason: expect.stringContaining("empty disk.img"),
    });
  });

  describe("for a user without permission", () => {
    /** Root may do everything, unless it has given up its capabilities. */
    async function ordinary(folder: BundleFolder): Promise<Helper> {
      if (process.getuid?.() !== 0) return launchHelper();
      const program = path.join(folder.path, "helper");
      const drop = "--bounding-set=-all --inh-caps=-all";
      await writeFile(program, `#!/bin/sh\nexec setpriv ${drop} '${helperPath()}' "$@"\n`);
      await chmod(program, 0o755);
      return launchHelper({ path: program });
    }

    it("a bundle that cannot be read is listed with the reason", async () => {
      await using folder = await BundleFolder.make();
      await using user = await ordinary(folder);
      await chmod(path.join(await make(folder.bundle("document")), "machine.json"), 0);
      await chmod(await make(folder.bundle("folder")), 0);
      const listed = await user.bundles.list(folder.path);
      expect(listed).toMatchObject(
        ["document", "folder"].map((name) => ({
          name,
          state: "incomplete",
          reason: expect.stringMatching(new RegExp(`${name}.vzkit.*denied`, "i")),
        })),
      );
      await chmod(folder.bundle("folder"), 0o755);
    });

    it("a delete that is refused leaves the bundle as it is and names the folder", async () => {
      await using folder = await BundleFolder.make();
      await using user = await ordinary(folder);
      const bundle = await make(folder.bundle("dev"));
      for (const locked of [bundle, path.join(bundle, "deep")]) {
        await mkdir(locked, { recursive: true });
        await writeFile(path.join(locked, "note"), "");
        await chmod(locked, 0o555);
        await expect(user.bundles.get(bundle).delete()).rejects.toMatchObject({
          kind: "permissionDenied",
          message: expect.stringContaining(locked),
        });
        expect((await folder.names()).filter((name) => name.includes("vzkit"))).toEqual(["dev.vzkit"]);
        expect((await user.bundles.get(bundle).inspect()).bundle.state).toBe("complete");
        await chmod(locked, 0o755);
      }
      await user.bundles.get(bundle).delete();
      expect((await folder.names()).filter((name) => name.includes("vzkit"))).toEqual([]);
    });
  });
});
