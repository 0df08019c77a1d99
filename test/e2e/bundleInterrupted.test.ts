import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRestoreImage } from "../../scripts/restoreImage/make.js";
import { type Helper, launchHelper, mib } from "../../src/index.js";
import { BundleFolder, fillDisk, killedAtChange, nat, sameFile } from "../helpers/bundles.js";
import { guest, linuxGuest } from "../helpers/guest.js";

/** Far more than any of the calls takes. */
const mostSteps = 40;

describe("bundles of a helper that is killed", () => {
  let helper: Helper;
  beforeAll(async () => {
    helper = await launchHelper();
  });
  afterAll(() => helper[Symbol.asyncDispose]());

  const stateOf = async (folder: BundleFolder, name = "dev"): Promise<string> =>
    (await helper.bundles.list(folder.path)).find((bundle) => bundle.name === name)?.state ?? "none";

  /** A bundle that lacks something is called so and not opened. */
  async function expectHonest(folder: BundleFolder, name = "dev"): Promise<string> {
    const state = await stateOf(folder, name);
    expect(["none", "incomplete", "complete"]).toContain(state);
    const open = helper.machines.open(folder.bundle(name));
    if (state === "complete") await (await open).dispose();
    else await expect(open).rejects.toMatchObject({ kind: state === "none" ? "fileNotFound" : "bundleIncomplete" });
    return state;
  }

  const make = (of: Helper, folder: BundleFolder, diskSize = mib(16)) =>
    of.bundles.create(folder.bundle(), { configuration: linuxGuest(nat), diskSize });

  it("at any step of create: there is no bundle, or one that the next create or delete finishes", async () => {
    await using folder = await BundleFolder.make();
    for (let step = 1; step < mostSteps; step++) {
      const victim = await launchHelper();
      const isKilled = await killedAtChange(victim, folder.path, step, () => make(victim, folder));
      const state = await expectHonest(folder);
      if (state === "incomplete" && step % 2 === 0) await helper.bundles.get(folder.bundle()).delete();
      if (state !== "complete") await make(helper, folder);
      expect(await folder.names()).toEqual(["dev.vzkit"]);
      await expectHonest(folder);
      await helper.bundles.get(folder.bundle()).delete();
      expect(await folder.names()).toEqual([]);
      if (!isKilled) return;
    }
    throw new Error(`create changes its folder more than ${mostSteps} times`);
  });

  it("at any step of delete: the bundle is whole, or the next delete finishes", async () => {
    await using folder = await BundleFolder.make();
    for (let step = 1; step < mostSteps; step++) {
      await make(helper, folder);
      const victim = await launchHelper();
      const isKilled = await killedAtChange(victim, folder.path, step, () =>
        victim.bundles.get(folder.bundle()).delete(),
      );
      const state = await expectHonest(folder);
      if (state !== "none") await helper.bundles.get(folder.bundle()).delete();
      expect(await folder.names()).toEqual([]);
      if (!isKilled) return;
    }
    throw new Error(`delete changes its folder more than ${mostSteps} times`);
  });

  it("at any step of clone: the original is whole, and the next clone is exact", async () => {
    await using folder = await BundleFolder.make();
    await make(helper, folder, mib(128));
    await fillDisk(folder.bundle(), 24);
    const [from, to] = [folder.bundle(), folder.bundle("copy")];
    for (let step = 1; step < mostSteps; step++) {
      const victim = await launchHelper();
      const isKilled = await killedAtChange(victim, folder.path, step, () => victim.bundles.get(from).clone(to));
      const state = await expectHonest(folder, "copy");
      if (state !== "complete") await helper.bundles.get(from).clone(to);
      await sameFile(from, to);
      await helper.bundles.get(to).delete();
      expect(await folder.names()).toEqual(["dev.vzkit"]);
      expect(await expectHonest(folder)).toBe("complete");
      if (!isKilled) return;
    }
    throw new Error(`clone changes its folder more than ${mostSteps} times`);
  });

  it.each([
    ["at its first progress", 0],
    ["a moment later", 30],
  ])("in the midst of a disk's copy, %s: the next clone is exact", async (_, milliseconds) => {
    await using folder = await BundleFolder.make();
    await make(helper, folder, mib(1024));
    await fillDisk(folder.bundle(), 200);
    const [from, to] = [folder.bundle(), folder.bundle("copy")];
    const victim = await launchHelper();
    const timers: NodeJS.Timeout[] = [];
    const kill = () => process.kill(victim.info.helper.processIdentifier, "SIGKILL");
    const killed = victim.bundles.get(from).clone(to, {
      onProgress: () => {
        if (timers.length === 0) timers.push(setTimeout(kill, milliseconds));
      },
    });
    await killed.catch(() => undefined);
    for (const timer of timers) clearTimeout(timer);
    await victim[Symbol.asyncDispose]();
    if ((await expectHonest(folder, "copy")) !== "complete") await helper.bundles.get(from).clone(to);
    await sameFile(from, to);
    await helper.bundles.get(to).delete();
    expect(await folder.names()).toEqual(["dev.vzkit"]);
  });

  it("at any step of rename and resizeDisk: the bundle has one name, and the old size or the new", async () => {
    await using folder = await BundleFolder.make();
    await make(helper, folder);
    let name = "dev";
    for (const next of ["other", "dev"]) {
      const victim = await launchHelper();
      await killedAtChange(victim, folder.path, 1, () => victim.bundles.get(folder.bundle(name)).rename(next));
      const names = await folder.names();
      expect(names).toHaveLength(1);
      if (names[0] !== `${next}.vzkit`) await helper.bundles.get(folder.bundle(name)).rename(next);
      name = next;
      expect(await expectHonest(folder, name)).toBe("complete");
    }
    for (const [round, size] of [mib(24), mib(32), mib(48)].entries()) {
      const victim = await launchHelper();
      const resized = victim.bundles.get(folder.bundle()).resizeDisk(size);
      const timer = setTimeout(() => process.kill(victim.info.helper.processIdentifier, "SIGKILL"), round);
      const before = (await stat(path.join(folder.bundle(), "disk.img"))).size;
      await resized.catch(() => undefined);
      clearTimeout(timer);
      await victim[Symbol.asyncDispose]();
      expect([before, size]).toContain((await stat(path.join(folder.bundle(), "disk.img"))).size);
      expect(await helper.bundles.get(folder.bundle()).resizeDisk(size)).toMatchObject({ size });
    }
  });

  // What each step leaves, in case no kill has hit it.
  it.each([
    ["nothing yet", []],
    ["half a disk", ["disk.img"]],
    ["half an auxiliary storage", ["disk.img", "auxiliary-storage"]],
    ["half a document", ["disk.img", "auxiliary-storage", "machine.json.new"]],
    ["all but the name", ["disk.img", "auxiliary-storage", "machine.json"]],
  ])("with %s in it is incomplete, and finished by create and by delete", async (_, files) => {
    await using folder = await BundleFolder.make();
    for (const trace of ["creating", "deleting"]) {
      const leave = async () => {
        const left = path.join(folder.path, `.dev.vzkit.${trace}`);
        await mkdir(left);
        for (const file of files) await writeFile(path.join(left, file), "half");
      };
      await leave();
      expect(await helper.bundles.list(folder.path)).toMatchObject([{ name: "dev", state: "incomplete" }]);
      expect(await expectHonest(folder)).toBe("incomplete");
      await make(helper, folder);
      expect(await folder.names()).toEqual(["dev.vzkit"]);
      await helper.bundles.get(folder.bundle()).delete();
      await leave();
      await helper.bundles.get(folder.bundle()).delete();
      expect(await folder.names()).toEqual([]);
      await expect(helper.bundles.get(folder.bundle()).delete()).rejects.toMatchObject({ kind: "fileNotFound" });
    }
  });
});

// A Mac has the real thing instead.
describe.skipIf(process.platform === "darwin")("the bundle of a Mac, of a helper that is killed (stand-in)", () => {
  it("at any step of createMac: there is no bundle, or one that the next createMac finishes", async () => {
    const images = await mkdtemp(path.join(tmpdir(), "vzkit-image-"));
    await using folder = await BundleFolder.make();
    const standIn = () => launchHelper({ env: { VZKIT_STANDIN_MAC: "1" } });
    await using helper = await standIn();
    try {
      const restoreImage = path.join(images, "image.ipsw");
      await makeRestoreImage({ path: restoreImage, kernel: guest.kernel, initialRamdisk: guest.initrd });
      const make = (of: Helper) =>
        of.machines.createMac(folder.bundle(), { restoreImage, memorySize: mib(256), diskSize: mib(256) });
      for (let step = 1; step < mostSteps; step++) {
        const victim = await standIn();
        const isKilled = await killedAtChange(victim, folder.path, step, () => make(victim));
        const [found] = await helper.bundles.list(folder.path);
        expect(["none", "incomplete", "complete"]).toContain(found?.state ?? "none");
        if (found?.state !== "complete") await (await make(helper)).dispose();
        expect(await folder.names()).toEqual(["dev.vzkit"]);
        expect((await helper.bundles.get(folder.bundle()).inspect()).bundle).toMatchObject({
          state: "complete",
          installation: "required",
        });
        await (await helper.machines.open(folder.bundle())).dispose();
        await helper.bundles.get(folder.bundle()).delete();
        if (!isKilled) return;
      }
      throw new Error(`createMac changes its folder more than ${mostSteps} times`);
    } finally {
      await rm(images, { recursive: true, force: true });
    }
  });
});
