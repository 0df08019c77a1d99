import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { makeRestoreImage } from "../../scripts/restoreImage/make.js";
import { type Helper, launchHelper, type Machine, type MachineConfiguration, mib } from "../../src/index.js";
import { type Changes, lumeMachine, type MacParts, tartMachine } from "../helpers/foreignMachines.js";
import { bootSilently as boot, guest } from "../helpers/guest.js";

// What is imported can only be looked at from inside where the stand-in runs it.
describe.skipIf(process.platform === "darwin")("importing machines of Tart and Lume (Linux hosts only)", () => {
  let root: string;
  let helper: Helper;
  let parts: MacParts;
  let folder: string;
  let target: string;
  let count = 0;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "vzkit-import-"));
    helper = await launchHelper({ env: { VZKIT_STANDIN_MAC: "1" } });
    const restoreImage = join(root, "image.ipsw");
    await makeRestoreImage({ path: restoreImage, kernel: guest.kernel, initialRamdisk: guest.initrd });
    const path = join(root, "original.vzkit");
    const mac = await helper.machines.createMac(path, { restoreImage, memorySize: mib(256), diskSize: mib(256) });
    await mac.install(restoreImage);
    const platform = mac.configuration?.platform;
    if (platform?.kind !== "mac") throw new Error("the original is no Mac");
    parts = {
      disk: join(path, "disk.img"),
      auxiliaryStorage: join(path, "auxiliary-storage"),
      hardwareModel: platform.hardwareModel,
      machineIdentifier: platform.machineIdentifier ?? "",
    };
    await mac.dispose();
  });
  afterAll(async () => {
    await helper?.[Symbol.asyncDispose]();
    await rm(root, { recursive: true, force: true });
  });

  const makers = { tart: tartMachine, lume: lumeMachine };

  /** A machine of another program, and a place for the bundle. */
  async function source(program: keyof typeof makers = "tart", changes: Changes = {}, of = parts): Promise<string> {
    folder = join(root, `case-${count++}`);
    await mkdir(folder);
    target = join(folder, "mac.vzkit");
    return makers[program](join(folder, "vm"), of, changes);
  }

  /** The same with a small disk, for what is refused or not looked into. */
  const small = async (program: keyof typeof makers = "tart", changes: Changes = {}): Promise<string> => {
    const disk = join(root, "small.img");
    await writeFile(disk, Buffer.alloc(mib(1), 1));
    return source(program, changes, { ...parts, disk });
  };

  const identity = (machine: Machine) => {
    const platform = machine.configuration?.platform;
    return platform?.kind === "mac" ? platform.machineIdentifier : undefined;
  };

  /** Everything in a folder, to the byte. */
  async function contents(of: string): Promise<Record<string, string>> {
    const names = (await readdir(of)).sort();
    const sums = await Promise.all(names.map((name) => execa("sha256sum", [join(of, name)])));
    return Object.fromEntries(names.map((name, index) => [name, sums[index]?.stdout.slice(0, 64) ?? ""]));
  }

  it.each([
    ["tart", { widthInPixels: 1024, heightInPixels: 768 }],
    ["lume", { widthInPixels: 1280, heightInPixels: 800 }],
  ] as const)("a machine of %s boots from its bundle and is the machine that it was", async (format, display) => {
    const from = await source(format);
    const before = await contents(from);
    const progress: number[] = [];
    const imported = await helper.bundles.import(from, target, {
      onProgress: ({ completed, total }) => progress.push(completed / total),
    });
    expect(imported).toMatchObject({
      path: target,
      format,
      notes: [],
      configuration: {
        cpuCount: 2,
        memorySize: mib(256),
        platform: { kind: "mac", hardwareModel: parts.hardwareModel, machineIdentifier: parts.machineIdentifier },
        networkDevices: [{ macAddress: "7e:9f:3c:11:22:33", attachment: { kind: "nat" } }],
        graphicsDevices: [{ kind: "mac", displays: [display] }],
        keyboards: [{ kind: "mac" }, { kind: "usb" }],
      },
    });
    expect(progress.at(-1)).toBe(1);
    expect((await readdir(target)).sort()).toEqual(["STAND-IN.txt", "auxiliary-storage", "disk.img", "machine.json"]);
    expect((await helper.bundles.get(target).inspect()).bundle).toMatchObject({
      state: "complete",
      installation: "complete",
      standInNotice: expect.stringContaining("never macOS"),
    });
    await execa("cmp", [parts.disk, join(target, "disk.img")]);

    await using machine = await helper.machines.open(target);
    await boot(machine);
    expect(await runInGuest(machine, "cat /proc/cmdline")).toContain("vzkit.standin=27.0");
    await runInGuest(machine, "dd if=/dev/zero of=/dev/vda bs=512 seek=500000 count=1 conv=notrunc; sync");
    await machine.stop();
    expect(await contents(from)).toEqual(before);
  });

  it("becomes a machine of its own when told to, and keeps holes as holes", async () => {
    const from = await source();
    await truncate(join(from, "disk.img"), 64 * 1024 * mib(1));
    const { configuration } = await helper.bundles.import(from, target, { newIdentity: true, synchronize: true });
    expect(configuration?.networkDevices?.[0]?.macAddress).not.toBe("7e:9f:3c:11:22:33");
    await using machine = await helper.machines.open(target);
    expect(identity(machine)).toEqual(expect.any(String));
    expect(identity(machine)).not.toBe(parts.machineIdentifier);
    const [copy, original] = await Promise.all([target, from].map((path) => stat(join(path, "disk.img"))));
    expect(copy?.size).toBe(64 * 1024 * mib(1));
    expect(copy?.blocks).toBeLessThanOrEqual((original?.blocks ?? 0) * 1.01 + 64);
  });

  it("says what was left out", async () => {
    const from = await small("tart", { display: { width: 800, height: 600 } });
    await writeFile(join(from, "state.vzvmsave"), "the memory of the guest");
    const { notes } = await helper.bundles.import(from, target);
    expect(notes).toEqual([expect.stringContaining("points"), expect.stringContaining("state.vzvmsave")]);
    expect(await readdir(target)).not.toContain("state.vzvmsave");
    const bridged = await helper.bundles.import(await small("lume", { networkMode: "bridged:en0" }), target);
    expect(bridged.notes).toEqual([expect.stringContaining("bridged:en0")]);
  });

  it("takes what Tart's older files leave out, and files that may only be read", async () => {
    const absent = { os: undefined, arch: undefined, display: undefined, diskFormat: undefined, displayRefit: null };
    const from = await small("tart", absent);
    for (const name of ["disk.img", "nvram.bin", "config.json"]) await chmod(join(from, name), 0o444);
    const { configuration } = await helper.bundles.import(from, target);
    expect(configuration?.graphicsDevices).toMatchObject([
      { displays: [{ widthInPixels: 1024, heightInPixels: 768 }] },
    ]);
    expect((await stat(join(target, "disk.img"))).mode & 0o777).toBe(0o644);
  });

  it.each([
    ["fcntl, as Tart's is", "fcntl.lockf(file, fcntl.LOCK_EX)"],
    ["flock, as Lume's is", "fcntl.flock(file, fcntl.LOCK_EX)"],
  ])("a machine whose configuration is locked with %s is in use", async (_, lock) => {
    const from = await small();
    const program = `import fcntl, sys\nfile = open(sys.argv[1], "r+")\n${lock}\nprint("locked", flush=True)\nsys.stdin.read()`;
    const owner = execa("python3", ["-c", program, join(from, "config.json")]);
    await new Promise((resolve) => owner.stdout.once("data", resolve));
    await expect(helper.bundles.import(from, target)).rejects.toMatchObject({
      kind: "inUse",
      message: expect.stringContaining(from),
    });
    expect(await readdir(folder)).toEqual(["vm"]);
    owner.stdin.end();
    await owner;
    await helper.bundles.import(from, target);
  });

  it("a disk that a machine of ours runs on is in use", async () => {
    const from = await small();
    const attachment = { kind: "diskImage", path: join(from, "disk.img") } as const;
    await using machine = await helper.machines.create(
      {
        cpuCount: 1,
        memorySize: mib(256),
        bootLoader: { kind: "linux", kernelPath: guest.kernel, initialRamdiskPath: guest.initrd },
        storageDevices: [{ kind: "virtioBlock", attachment }],
      },
      { name: "stranger" },
    );
    await machine.start();
    await expect(helper.bundles.import(from, target)).rejects.toMatchObject({
      kind: "inUse",
      message: expect.stringContaining("stranger"),
    });
  });

  it.each([
    ["a Linux guest of Tart", "tart", { os: "linux" }, "notSupported", "EFI boot loader"],
    ["a Linux guest of Lume", "lume", { os: "linux" }, "notSupported", "EFI boot loader"],
    ["a later version", "tart", { version: 2 }, "notSupported", "version 2"],
    ["a version that is no number", "tart", { version: "1" }, "invalidConfiguration", "version"],
    ["another processor", "tart", { arch: "amd64" }, "invalidConfiguration", "arch"],
    ["no machine identifier", "tart", { ecid: undefined }, "invalidConfiguration", "has no ecid"],
    ["bytes that are none", "tart", { ecid: "%%%" }, "invalidConfiguration", "base64"],
    ["an identifier that is none", "tart", { ecid: "AAAA" }, "invalidParams", "machine identifier"],
    ["a hardware model that is none", "lume", { hardwareModel: "AAAA" }, "invalidParams", "hardware model"],
    ["memory in words", "tart", { memorySize: "8 GB" }, "invalidConfiguration", "memorySize"],
    ["negative memory", "lume", { memorySize: -1 }, "invalidConfiguration", "memorySize"],
    ["memory beyond all bounds", "tart", { memorySize: 1e300 }, "invalidConfiguration", "memorySize"],
    ["more CPUs than the host has", "tart", { cpuCount: 4_000_000_000 }, "invalidConfiguration", "cpuCount"],
    ["no CPUs", "tart", { cpuCount: 0 }, "invalidConfiguration", "cpuCount"],
    ["a display that is none", "tart", { display: [1, 2] }, "invalidConfiguration", "display"],
    ["a display without an end", "tart", { display: { width: 1e9, height: 1 } }, "invalidConfiguration", "width"],
    ["a display in words", "lume", { display: "large" }, "invalidConfiguration", "1024x768"],
    ["an address that is none", "lume", { macAddress: "mine" }, "invalidParams", "macAddress"],
  ] as const)("%s is refused, and nothing is left", async (_, program, changes, kind, words) => {
    const from = await small(program, changes);
    const error = await helper.bundles.import(from, target).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind, message: expect.stringContaining(words) });
    expect(String(error)).not.toContain("params.configuration");
    expect(await readdir(folder)).toEqual(["vm"]);
  });

  it.each([
    ["no JSON", "{", "not an object in JSON"],
    ["a list", "[]", "not an object in JSON"],
    ["an object of something else", '{"name":"dev"}', "neither Tart nor Lume"],
    ["nesting without end", '{"version":'.repeat(50_000), "not an object in JSON"],
    ["bytes that are no text", "\0\xff".repeat(1000), "not an object in JSON"],
  ])("a config.json with %s is refused", async (_, text, words) => {
    const from = await small();
    await writeFile(join(from, "config.json"), text, "latin1");
    await expect(helper.bundles.import(from, target)).rejects.toMatchObject({
      kind: "invalidConfiguration",
      message: expect.stringContaining(words),
    });
  });

  it("a config.json of a gigabyte is refused without being read", async () => {
    const from = await small();
    await truncate(join(from, "config.json"), 1024 * mib(1));
    await expect(helper.bundles.import(from, target)).rejects.toMatchObject({
      kind: "invalidConfiguration",
      message: expect.stringContaining("more than 1048576 bytes"),
    });
    const status = await readFile(`/proc/${helper.info.helper.processIdentifier}/status`, "utf8");
    expect(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024).toBeLessThan(mib(512));
  });

  it("random mistakes in a config.json never end the helper, and leave nothing where they are refused", async () => {
    const from = await small();
    const file = join(from, "config.json");
    const good = await readFile(file);
    const parts = ['"', "{", "}", "[", ",", ":", "null", "-1", "1e999", "\\u0000", "true", "9".repeat(30), "\0"];
    let seed = 7;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    for (let round = 0; round < 200; round++) {
      let bytes = good;
      for (let mistakes = 1 + random(4); mistakes > 0; mistakes--) {
        const at = random(bytes.length);
        const insert = random(2) === 0 ? Buffer.from([random(256)]) : Buffer.from(parts[random(parts.length)] ?? "");
        bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + random(8))]);
      }
      await writeFile(file, bytes);
      const outcome = await helper.bundles.import(from, target).then(
        () => "imported",
        (error: { kind?: string }) => error.kind ?? String(error),
      );
      expect(["imported", "invalidConfiguration", "invalidParams", "notSupported"], String(bytes)).toContain(outcome);
      expect((await readdir(folder)).sort()).toEqual(outcome === "imported" ? ["mac.vzkit", "vm"] : ["vm"]);
      if (outcome === "imported") await helper.bundles.get(target).delete();
    }
  });

  it("a link in the place of a disk stands for the file that it leads to", async () => {
    const from = await source();
    const drive = join(folder, "drive");
    await mkdir(drive);
    for (const name of ["disk.img", "nvram.bin"]) {
      await rename(join(from, name), join(drive, name));
      await symlink(join("../drive", name), join(from, name));
    }
    const link = join(folder, "link");
    await symlink(from, link);
    await helper.bundles.import(link, target);
    expect((await lstat(join(target, "disk.img"))).isFile()).toBe(true);
    expect((await lstat(join(target, "auxiliary-storage"))).isFile()).toBe(true);
    await execa("cmp", [join(drive, "disk.img"), join(target, "disk.img")]);
    await execa("cmp", [parts.auxiliaryStorage, join(target, "auxiliary-storage")]);
    await helper.bundles.get(target).delete();
    // The file itself is what is in use, by whatever name.
    const attachment = { kind: "diskImage", path: join(drive, "disk.img") } as const;
    const configuration: MachineConfiguration = {
      cpuCount: 1,
      memorySize: mib(256),
      bootLoader: { kind: "linux", kernelPath: guest.kernel, initialRamdiskPath: guest.initrd },
      storageDevices: [{ kind: "virtioBlock", attachment }],
    };
    await using machine = await helper.machines.create(configuration, { name: "stranger" });
    await machine.start();
    await expect(helper.bundles.import(from, target)).rejects.toMatchObject({
      kind: "inUse",
      message: expect.stringContaining("stranger"),
    });
  });

  it("files that are missing, links that lead nowhere and pipes are refused by name", async () => {
    for (const name of ["config.json", "disk.img", "nvram.bin"]) {
      const from = await small();
      const file = join(from, name);
      await rm(file);
      const attempt = () => helper.bundles.import(from, target);
      await expect(attempt()).rejects.toMatchObject({ kind: "fileNotFound", message: expect.stringContaining(name) });
      await symlink("/dev/zero", file);
      await expect(attempt()).rejects.toMatchObject({ kind: "notSupported", message: expect.stringContaining(name) });
      await rm(file);
      for (const lost of ["/nowhere", name]) {
        await symlink(lost, file);
        const kind = name === "config.json" ? "notSupported" : "fileNotFound";
        await expect(attempt()).rejects.toMatchObject({ kind, message: expect.stringContaining(file) });
        await rm(file);
      }
      await execa("mkfifo", [file]);
      await expect(attempt()).rejects.toMatchObject({ kind: "notSupported", message: expect.stringContaining(name) });
      expect(await readdir(folder)).toEqual(["vm"]);
    }
    for (const path of [join(root, "nowhere"), parts.disk])
      await expect(helper.bundles.import(path, target)).rejects.toMatchObject({ kind: "fileNotFound" });
  });

  it("a machine that is half set up, in layers, or in a format of macOS is refused", async () => {
    const half = await small("lume");
    await writeFile(join(half, ".provisioning"), '{"operation":"ipsw_install"}');
    await expect(helper.bundles.import(half, target)).rejects.toMatchObject({ kind: "bundleIncomplete" });
    const layers = await small();
    await writeFile(join(layers, "overlay.asif"), "shdw");
    await expect(helper.bundles.import(layers, target)).rejects.toMatchObject({
      kind: "notSupported",
      message: expect.stringContaining("layers"),
    });
    const sparse = await small("tart", { diskFormat: "asif" });
    await using disk = await open(join(sparse, "disk.img"), "r+");
    await disk.write("shdw", 0);
    await expect(helper.bundles.import(sparse, target)).rejects.toMatchObject({
      kind: "notSupported",
      message: expect.stringContaining("ASIF"),
    });
  });

  it("neither takes a place that is taken nor a name that is none", async () => {
    const from = await small();
    await mkdir(target);
    await writeFile(join(target, "mine"), "");
    await expect(helper.bundles.import(from, target)).rejects.toMatchObject({ kind: "fileExists" });
    await expect(helper.bundles.import(from, join(folder, "mac"))).rejects.toMatchObject({ kind: "invalidParams" });
    await expect(helper.bundles.import(from, join(folder, "no/mac.vzkit"))).rejects.toMatchObject({
      kind: "fileNotFound",
    });
    expect(await readdir(target)).toEqual(["mine"]);
  });

  it("says what is missing where there are no virtual Macs", async () => {
    const from = await small();
    await using plain = await launchHelper({ env: { VZKIT_STANDIN_MAC: undefined } });
    await expect(plain.bundles.import(from, target)).rejects.toMatchObject({
      kind: "notSupported",
      message: expect.stringContaining("Apple silicon"),
    });
    expect(await readdir(folder)).toEqual(["vm"]);
  });

  it("cancelled, it leaves nothing behind; killed, it leaves what the next call replaces", async () => {
    const from = await small();
    await using disk = await open(join(from, "disk.img"), "r+");
    for (let chunk = 0; chunk < 200; chunk++)
      await disk.write(Buffer.alloc(mib(1), chunk + 1), 0, mib(1), mib(300 + chunk));
    const controller = new AbortController();
    const cancelled = helper.bundles.import(from, target, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ name: "AbortError" });
    expect(await readdir(folder)).toEqual(["vm"]);

    const victim = await launchHelper({ env: { VZKIT_STANDIN_MAC: "1" } });
    const killed = victim.bundles.import(from, target, {
      onProgress: () => process.kill(victim.info.helper.processIdentifier, "SIGKILL"),
    });
    await expect(killed).rejects.toThrow();
    await victim[Symbol.asyncDispose]();
    expect(["incomplete", "complete"]).toContain((await helper.bundles.get(target).inspect()).bundle.state);
    await helper.bundles.get(target).delete();
    await helper.bundles.import(from, target);
    await execa("cmp", ["-n", String(mib(512)), join(from, "disk.img"), join(target, "disk.img")]);
    expect((await readdir(folder)).sort()).toEqual(["mac.vzkit", "vm"]);
  });

  it("on a full disk it leaves nothing behind", async (context) => {
    const from = await source();
    const tiny = join(folder, "tiny");
    await mkdir(tiny);
    const { exitCode } = await execa("mount", ["-t", "tmpfs", "-o", "size=8m", "none", tiny], { reject: false });
    if (exitCode !== 0) return context.skip("mounting a small file system needs root");
    try {
      await expect(helper.bundles.import(from, join(tiny, "mac.vzkit"))).rejects.toMatchObject({
        kind: "outOfDiskSpace",
      });
      expect(await readdir(tiny)).toEqual([]);
    } finally {
      await execa("umount", [tiny]);
    }
  });
});
