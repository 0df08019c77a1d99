import { cp, mkdir, mkdtemp, open, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { type Helper, launchHelper, type MachineConfiguration, mib } from "../../src/index.js";
import { boot, guest, linuxGuest } from "../helpers/guest.js";

const versionOne = fileURLToPath(new URL("../fixtures/bundles/version-1.vzkit", import.meta.url));

/** A configuration whose console can be read after it was stored. */
const nat: Partial<MachineConfiguration> = { networkDevices: [{ kind: "virtio", attachment: { kind: "nat" } }] };

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
    const { path: bundle } = await helper.bundles.create({
      path: await place(),
      configuration: linuxGuest({ ...nat, ...more }),
      diskSize,
    });
    return bundle;
  }

  /** What a bundle's disk holds: `chunks` MiB of noise, each after 3 MiB of hole. */
  async function fill(bundle: string, chunks: number): Promise<void> {
    const noise = Buffer.alloc(mib(1));
    await using disk = await open(path.join(bundle, "disk.img"), "r+");
    for (let i = 0; i < chunks; i++) {
      for (let at = 0; at < noise.length; at += 4) noise.writeUInt32LE(Math.imul(at + i, 2654435761) >>> 0, at);
      await disk.write(noise, 0, noise.length, mib(4 * i + 3));
    }
    await disk.sync();
  }

  const sameDisk = async (one: string, other: string): Promise<void> => {
    await execa("cmp", [path.join(one, "disk.img"), path.join(other, "disk.img")]);
  };

  const stateOf = async (bundle: string): Promise<string> => (await helper.bundles.inspect(bundle)).bundle.state;

  it("a guest boots from a bundle, and what it writes is there in a clone", async () => {
    const bundle = await make();
    expect(await stateOf(bundle)).toBe("complete");
    {
      await using machine = await helper.bundles.open(bundle);
      await boot(machine);
      await runInGuest(machine, "echo kept > /dev/vda; sync");
      await machine.stop();
    }
    const clone = await helper.bundles.clone(bundle, path.join(folder, "copy.vzkit"));
    await using machine = await helper.bundles.open(clone.path);
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
    const moved = await helper.bundles.rename(bundle, "moved");
    expect(moved).toBe(path.join(folder, "moved.vzkit"));
    const { configuration, diskSize } = await helper.bundles.inspect(moved);
    expect(configuration?.storageDevices).toMatchObject([{ attachment: { path: path.join(moved, "disk.img") } }]);
    expect(diskSize).toBe(mib(16));
    await using machine = await helper.bundles.open(moved);
    expect(machine.configuration?.platform).toEqual(configuration?.platform);
  });

  it("is one helper's at a time, and the second is told whose", async () => {
    const bundle = await make();
    await using other = await launchHelper();
    const machine = await helper.bundles.open(bundle, { name: "first" });
    const pid = String(helper.info.helper.processIdentifier);
    for (const attempt of [
      () => other.bundles.open(bundle),
      () => helper.bundles.open(bundle),
      () => other.bundles.delete(bundle),
      () => other.bundles.rename(bundle, "other"),
      () => other.bundles.resizeDisk(bundle, mib(32)),
      () => other.bundles.clone(bundle, path.join(folder, "clone.vzkit")),
    ]) {
      const error = await attempt().then(
        () => "it was allowed",
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ kind: "inUse" });
      expect(String(error)).toContain("first");
      expect(String(error)).toContain(pid);
    }
    expect((await other.bundles.inspect(bundle)).bundle).toMatchObject({
      state: "inUse",
      reason: expect.stringContaining(pid),
    });
    expect(await readdir(folder)).toEqual(["dev.vzkit"]);
    await machine.dispose();
    await (await other.bundles.open(bundle)).dispose();
    await other.bundles.delete(bundle);
    expect(await readdir(folder)).toEqual([]);
  });

  it("a disk that another machine runs on is neither cloned nor deleted", async () => {
    const bundle = await make();
    const disk = path.join(bundle, "disk.img");
    const configuration = linuxGuest({
      storageDevices: [{ kind: "virtioBlock", attachment: { kind: "diskImage", path: disk } }],
    });
    await using machine = await helper.machines.create({ configuration, name: "stranger" });
    await machine.start();
    const refused = { kind: "inUse", message: expect.stringContaining("stranger") };
    await expect(helper.bundles.delete(bundle)).rejects.toMatchObject(refused);
    await expect(helper.bundles.clone(bundle, path.join(folder, "c.vzkit"))).rejects.toMatchObject(refused);
    expect(await stateOf(bundle)).toBe("complete");
  });

  it("two clones at once are exact, keep their holes and have identities of their own", async () => {
    const bundle = await make(64 * 1024 * mib(1));
    await fill(bundle, 24);
    await writeFile(path.join(bundle, "saved-state"), "of the original alone");
    const progress: number[] = [];
    const clones = await Promise.all(
      ["one", "two"].map((name) =>
        helper.bundles.clone(bundle, path.join(folder, `${name}.vzkit`), {
          onProgress: ({ completed, total }) => progress.push(completed / total),
        }),
      ),
    );
    expect(progress.at(-1)).toBe(1);
    const original = (await helper.bundles.inspect(bundle)).configuration;
    const identities = [original, ...clones.map((clone) => clone.configuration)].map((configuration) => {
      const [network] = configuration?.networkDevices ?? [];
      const { platform } = configuration ?? {};
      return [network?.macAddress, platform?.kind === "generic" && platform.machineIdentifier];
    });
    for (const position of [0, 1]) expect(new Set(identities.map((one) => one[position])).size).toBe(3);
    for (const clone of clones) {
      expect(await readdir(clone.path)).toEqual(["disk.img", "machine.json"]);
      const { size, blocks } = await stat(path.join(clone.path, "disk.img"));
      expect(size).toBe(64 * 1024 * mib(1));
      expect(blocks * 512).toBeLessThanOrEqual(mib(24) * 1.01);
    }
    await Promise.all(clones.map((clone) => execa("cmp", ["-n", String(mib(128)), ...disks(bundle, clone.path)])));
  });

  const disks = (...bundles: string[]): string[] => bundles.map((bundle) => path.join(bundle, "disk.img"));

  it("a cancelled clone leaves nothing behind", async () => {
    const bundle = await make(mib(1024));
    await fill(bundle, 200);
    const controller = new AbortController();
    const clone = helper.bundles.clone(bundle, path.join(folder, "clone.vzkit"), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(clone).rejects.toMatchObject({ name: "AbortError" });
    expect(await readdir(folder)).toEqual(["dev.vzkit"]);
    expect(await stateOf(bundle)).toBe("complete");
  });

  it.each([
    ["at its first progress", 0],
    ["a moment later", 30],
  ])("SIGKILL during a clone, %s: the second run completes", async (_, milliseconds) => {
    const bundle = await make(mib(1024));
    await fill(bundle, 200);
    const target = path.join(folder, "clone.vzkit");
    const victim = await launchHelper();
    const timers: NodeJS.Timeout[] = [];
    const kill = () => process.kill(victim.info.helper.processIdentifier, "SIGKILL");
    const killed = victim.bundles.clone(bundle, target, {
      onProgress: () => {
        if (timers.length === 0) timers.push(setTimeout(kill, milliseconds));
      },
    });
    const outcome = await killed.then(
      () => "complete",
      () => "killed",
    );
    for (const timer of timers) clearTimeout(timer);
    await victim[Symbol.asyncDispose]();
    const [found] = (await helper.bundles.list(folder)).filter(({ name }) => name === "clone");
    expect(["incomplete", "complete"]).toContain(found?.state);
    if (found?.state === "incomplete") {
      expect(outcome).toBe("killed");
      await expect(helper.bundles.open(target)).rejects.toMatchObject({ kind: "bundleIncomplete" });
      await helper.bundles.clone(bundle, target);
    }
    await sameDisk(bundle, target);
    await helper.bundles.delete(target);
    expect(await readdir(folder)).toEqual(["dev.vzkit"]);
  });

  it("SIGKILL at any moment of create and delete leaves what the next call finishes", async () => {
    const bundle = await place();
    const configuration = linuxGuest(nat);
    for (const [round, action] of ["create", "delete", "create", "delete", "create", "delete"].entries()) {
      const victim = await launchHelper();
      if (action === "delete" && (await readdir(folder)).length === 0)
        await helper.bundles.create({ path: bundle, configuration, diskSize: mib(16) });
      const params = { path: bundle, configuration, diskSize: mib(16) };
      const call = action === "create" ? victim.bundles.create(params) : victim.bundles.delete(bundle);
      const timer = setTimeout(() => process.kill(victim.info.helper.processIdentifier, "SIGKILL"), round * 2);
      await call.catch(() => undefined);
      clearTimeout(timer);
      await victim[Symbol.asyncDispose]();
      const states = (await helper.bundles.list(folder)).map(({ state }) => state);
      expect(["", "incomplete", "complete"]).toContain(states.join());
      if (states[0] !== "complete") await helper.bundles.create(params);
      expect(await stateOf(bundle)).toBe("complete");
      if (action === "delete") await helper.bundles.delete(bundle);
      else expect(await readdir(folder)).toEqual(["dev.vzkit"]);
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it.each(["creating", "deleting"])(
    "what is left from %s is called incomplete, and finished by either call",
    async (trace) => {
      const bundle = await place();
      const left = path.join(folder, `.dev.vzkit.${trace}`);
      const leave = async () => {
        await mkdir(left);
        await writeFile(path.join(left, "disk.img"), "half");
      };
      await leave();
      expect(await helper.bundles.list(folder)).toMatchObject([{ path: bundle, name: "dev", state: "incomplete" }]);
      await expect(helper.bundles.open(bundle)).rejects.toMatchObject({ kind: "bundleIncomplete" });
      await helper.bundles.create({ path: bundle, configuration: linuxGuest() });
      expect(await readdir(folder)).toEqual(["dev.vzkit"]);
      await helper.bundles.delete(bundle);
      await leave();
      await helper.bundles.delete(bundle);
      expect(await readdir(folder)).toEqual([]);
      await expect(helper.bundles.delete(bundle)).rejects.toMatchObject({ kind: "fileNotFound" });
    },
  );

  it("grows a disk, which the guest sees, and never cuts one off", async () => {
    const bundle = await make(mib(16));
    await expect(helper.bundles.resizeDisk(bundle, mib(8))).rejects.toMatchObject({
      kind: "invalidParams",
      message: expect.stringContaining("never made smaller"),
    });
    await expect(helper.bundles.resizeDisk(bundle, mib(20) + 1)).rejects.toMatchObject({ kind: "invalidParams" });
    expect(await helper.bundles.resizeDisk(bundle, mib(48))).toBe(mib(48));
    await using machine = await helper.bundles.open(bundle);
    await boot(machine);
    expect(await runInGuest(machine, "cat /sys/block/vda/size")).toBe(String(mib(48) / 512));
  });

  it("opens version 1, and refuses a newer one by naming both versions", async () => {
    const bundle = await place("old.vzkit");
    await cp(versionOne, bundle, { recursive: true });
    expect((await helper.bundles.inspect(bundle)).bundle).toMatchObject({ state: "incomplete" });
    await writeFile(path.join(bundle, "disk.img"), Buffer.alloc(4096));
    await cp(guest.kernel, path.join(bundle, "vmlinuz"));
    expect((await helper.bundles.inspect(bundle)).bundle).toMatchObject({ state: "complete", version: 1 });
    await (await helper.bundles.open(bundle)).dispose();
    const clone = await helper.bundles.clone(bundle, path.join(folder, "new.vzkit"));
    expect((await helper.bundles.inspect(clone.path)).bundle).toMatchObject({
      version: 2,
      installation: "notRequired",
    });

    const document = path.join(bundle, "machine.json");
    await writeFile(document, '{"version":3,"shape":"unknown"}');
    expect(await stateOf(bundle)).toBe("newer");
    for (const attempt of [
      () => helper.bundles.open(bundle),
      () => helper.bundles.clone(bundle, path.join(folder, "x.vzkit")),
      () => helper.bundles.resizeDisk(bundle, mib(1)),
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
    const { bundle: summary } = await helper.bundles.inspect(bundle);
    expect(summary).toMatchObject({ state: "incomplete", reason: expect.stringContaining("machine.json") });
    await expect(helper.bundles.open(bundle)).rejects.toMatchObject({ kind: "bundleIncomplete" });
    await helper.bundles.delete(bundle);
  });

  it("refuses names that are none", async () => {
    const bundle = await make();
    for (const name of ["", "a/b", "../up", ".", "..", ".hidden", "x".repeat(300), "nul\0"])
      await expect(helper.bundles.rename(bundle, name), name).rejects.toMatchObject({ kind: "invalidParams" });
    for (const name of ["dev", ".vzkit", `${"x".repeat(300)}.vzkit`])
      await expect(
        helper.bundles.create({ path: path.join(folder, name), configuration: linuxGuest() }),
        name,
      ).rejects.toMatchObject({ kind: "invalidParams" });
    await expect(helper.bundles.rename(bundle, "x".repeat(300))).rejects.toThrow(/306 bytes.*at most 240/);
    await helper.bundles.create({ path: path.join(folder, "taken.vzkit"), configuration: linuxGuest() });
    await expect(helper.bundles.rename(bundle, "taken")).rejects.toMatchObject({ kind: "fileExists" });
    await expect(helper.bundles.clone(bundle, path.join(folder, "taken.vzkit"))).rejects.toMatchObject({
      kind: "fileExists",
    });
    expect((await readdir(folder)).sort()).toEqual(["dev.vzkit", "taken.vzkit"]);
  });

  it("does not delete what only has a bundle's name", async () => {
    const photos = await place("photos.vzkit");
    await mkdir(photos);
    await writeFile(path.join(photos, "holiday.jpg"), "");
    await expect(helper.bundles.delete(photos)).rejects.toMatchObject({
      kind: "bundleIncomplete",
      message: expect.stringContaining("holiday.jpg"),
    });
    const link = path.join(folder, "link.vzkit");
    await symlink(photos, link);
    await expect(helper.bundles.delete(link)).rejects.toMatchObject({ kind: "bundleIncomplete" });
    expect(await readdir(photos)).toEqual(["holiday.jpg"]);
  });

  it("a configuration that is refused leaves nothing behind and names the bundle's own path", async () => {
    const bundle = await place();
    const attachment = { kind: "diskImage", path: path.join(bundle, "missing.img") } as const;
    const request = helper.bundles.create({
      path: bundle,
      configuration: linuxGuest({ storageDevices: [{ kind: "virtioBlock", attachment }] }),
      diskSize: mib(1),
    });
    await expect(request).rejects.toMatchObject({
      kind: "fileNotFound",
      message: expect.stringContaining(attachment.path),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it("a full disk leaves no half clone behind", async (context) => {
    const bundle = await make(mib(64));
    await fill(bundle, 16);
    const small = path.join(folder, "small");
    await mkdir(small);
    const { exitCode } = await execa("mount", ["-t", "tmpfs", "-o", "size=8m", "none", small], { reject: false });
    if (exitCode !== 0) return context.skip("mounting a small file system needs root");
    try {
      await expect(helper.bundles.clone(bundle, path.join(small, "clone.vzkit"))).rejects.toMatchObject({
        kind: "outOfDiskSpace",
      });
      expect(await readdir(small)).toEqual([]);
      await writeFile(path.join(small, "filler"), Buffer.alloc(mib(8))).catch(() => undefined);
      const full = helper.bundles.create({ path: path.join(small, "dev.vzkit"), configuration: linuxGuest() });
      await expect(full).rejects.toMatchObject({ kind: "outOfDiskSpace" });
      expect(await readdir(small)).toEqual(["filler"]);
      await rm(path.join(small, "filler"));
      // Another file system: the kernel's own copy may not reach so far.
      const tiny = await helper.bundles.create({
        path: path.join(folder, "tiny.vzkit"),
        configuration: linuxGuest(),
        diskSize: mib(16),
      });
      await fill(tiny.path, 2);
      await sameDisk(tiny.path, (await helper.bundles.clone(tiny.path, path.join(small, "tiny.vzkit"))).path);
    } finally {
      await execa("umount", [small]);
    }
  });
});
