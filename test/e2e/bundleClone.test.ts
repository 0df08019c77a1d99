import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRestoreImage } from "../../scripts/restoreImage/make.js";
import { type Helper, launchHelper, type MachineConfiguration, mib } from "../../src/index.js";
import { BundleFolder, fillDisk, nat, sameFile } from "../helpers/bundles.js";
import { guest, linuxGuest } from "../helpers/guest.js";

/** What tells a machine from all others: its identifier and its address. */
function identity(configuration: MachineConfiguration | undefined): [string, string] {
  const [network] = configuration?.networkDevices ?? [];
  return [configuration?.platform?.machineIdentifier ?? "none", network?.macAddress ?? "none"];
}

/** Every machine has an identity of its own. */
function expectAllDifferent(configurations: (MachineConfiguration | undefined)[]): void {
  const identities = configurations.map(identity);
  for (const part of [0, 1] as const) {
    const values = identities.map((one) => one[part]);
    expect(values).not.toContain("none");
    expect(new Set(values).size).toBe(configurations.length);
  }
}

describe("clones", () => {
  let helper: Helper;
  beforeAll(async () => {
    helper = await launchHelper();
  });
  afterAll(() => helper[Symbol.asyncDispose]());

  async function make(folder: BundleFolder, diskSize: number, chunks: number): Promise<string> {
    const bundle = folder.bundle();
    await helper.bundles.create(bundle, { configuration: linuxGuest(nat), diskSize });
    await fillDisk(bundle, chunks);
    return bundle;
  }

  it("two at once are exact, keep their holes and have identities of their own", async () => {
    await using folder = await BundleFolder.make();
    const bundle = await make(folder, 64 * 1024 * mib(1), 24);
    await writeFile(path.join(bundle, "saved-state"), "of the original alone");
    const progress: number[] = [];
    const clones = await Promise.all(
      ["one", "two"].map((name) =>
        helper.bundles.get(bundle).clone(folder.bundle(name), {
          onProgress: ({ completed, total }) => progress.push(completed / total),
        }),
      ),
    );
    expect(progress.at(-1)).toBe(1);
    const original = (await helper.bundles.get(bundle).inspect()).configuration;
    expectAllDifferent([original, ...clones.map(({ configuration }) => configuration)]);
    for (const clone of clones) {
      expect(await readdir(clone.path)).toEqual(["disk.img", "machine.json"]);
      const { size, blocks } = await stat(path.join(clone.path, "disk.img"));
      expect(size).toBe(64 * 1024 * mib(1));
      expect(blocks * 512).toBeLessThanOrEqual(mib(24) * 1.01);
      await sameFile(bundle, clone.path, "disk.img", mib(128));
    }
  });

  it("of a clone is exact, and what is written to one is not in the others", async () => {
    await using folder = await BundleFolder.make();
    const bundle = await make(folder, mib(64), 8);
    const [child, grandchild] = [folder.bundle("child"), folder.bundle("grandchild")];
    const first = await helper.bundles.get(bundle).clone(child);
    const second = await helper.bundles.get(child).clone(grandchild, { synchronize: true });
    await sameFile(bundle, grandchild);
    expectAllDifferent([
      (await helper.bundles.get(bundle).inspect()).configuration,
      first.configuration,
      second.configuration,
    ]);
    const before = await readFile(path.join(bundle, "disk.img"));
    {
      await using disk = await open(path.join(child, "disk.img"), "r+");
      await disk.write("written to the child", 0);
    }
    await helper.bundles.get(child).resizeDisk(mib(96));
    for (const other of [bundle, grandchild])
      expect((await readFile(path.join(other, "disk.img"))).equals(before)).toBe(true);
    await helper.bundles.get(bundle).delete();
    await helper.bundles.get(child).delete();
    await (await helper.machines.open(grandchild)).dispose();
  });

  it("that is cancelled leaves nothing behind", async () => {
    await using folder = await BundleFolder.make();
    const bundle = await make(folder, mib(1024), 200);
    const controller = new AbortController();
    const clone = helper.bundles.get(bundle).clone(folder.bundle("copy"), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(clone).rejects.toMatchObject({ name: "AbortError" });
    expect(await folder.names()).toEqual(["dev.vzkit"]);
    expect((await helper.bundles.get(bundle).inspect()).bundle.state).toBe("complete");
  });

  it("on a full disk leaves no half behind", async (context) => {
    await using folder = await BundleFolder.make();
    const bundle = await make(folder, mib(64), 16);
    const small = path.join(folder.path, "small");
    await mkdir(small);
    const { exitCode } = await execa("mount", ["-t", "tmpfs", "-o", "size=8m", "none", small], { reject: false });
    if (exitCode !== 0) return context.skip("mounting a small file system needs root");
    try {
      await expect(helper.bundles.get(bundle).clone(path.join(small, "clone.vzkit"))).rejects.toMatchObject({
        kind: "outOfDiskSpace",
      });
      expect(await readdir(small)).toEqual([]);
      await writeFile(path.join(small, "filler"), Buffer.alloc(mib(8))).catch(() => undefined);
      const full = helper.bundles.create(path.join(small, "dev.vzkit"), { configuration: linuxGuest() });
      await expect(full).rejects.toMatchObject({ kind: "outOfDiskSpace" });
      expect(await readdir(small)).toEqual(["filler"]);
      await rm(path.join(small, "filler"));
      // Another file system: the kernel's own copy may not reach so far.
      const tiny = folder.bundle("tiny");
      await helper.bundles.create(tiny, { configuration: linuxGuest(), diskSize: mib(16) });
      await fillDisk(tiny, 2);
      await sameFile(tiny, (await helper.bundles.get(tiny).clone(path.join(small, "tiny.vzkit"))).path);
    } finally {
      await execa("umount", [small]);
    }
  });
});

// A Mac has the real thing instead.
describe.skipIf(process.platform === "darwin")("clones of a Mac (stand-in)", () => {
  it("have identities and auxiliary storage of their own, also those of clones", async () => {
    const images = await mkdtemp(path.join(tmpdir(), "vzkit-image-"));
    await using folder = await BundleFolder.make();
    await using helper = await launchHelper({ env: { VZKIT_STANDIN_MAC: "1" } });
    try {
      const restoreImage = path.join(images, "image.ipsw");
      await makeRestoreImage({ path: restoreImage, kernel: guest.kernel, initialRamdisk: guest.initrd });
      const names = ["dev", "child", "grandchild"];
      const [dev = "", child = "", grandchild = ""] = names.map((name) => folder.bundle(name));
      const made = await helper.machines.createMac(dev, { restoreImage, memorySize: mib(256), diskSize: mib(256) });
      const original = made.configuration;
      await made.dispose();
      const first = await helper.bundles.get(dev).clone(child);
      const second = await helper.bundles.get(child).clone(grandchild);
      expectAllDifferent([original, first.configuration, second.configuration]);

      const storage = (bundle: string) => path.join(bundle, "auxiliary-storage");
      const inodes = await Promise.all([dev, child, grandchild].map(async (one) => (await stat(storage(one))).ino));
      expect(new Set(inodes).size).toBe(3);
      const before = await readFile(storage(dev));
      {
        await using file = await open(storage(child), "r+");
        await file.write("what the firmware notes", 1 << 20);
      }
      for (const other of [dev, grandchild]) expect((await readFile(storage(other))).equals(before)).toBe(true);
      expect((await readFile(storage(child))).equals(before)).toBe(false);
      for (const [bundle, { configuration }] of [
        [child, first],
        [grandchild, second],
      ] as const)
        expect(configuration?.platform).toMatchObject({ kind: "mac", auxiliaryStoragePath: storage(bundle) });
    } finally {
      await rm(images, { recursive: true, force: true });
    }
  });
});
