import { execFileSync } from "node:child_process";
import { copyFile, link, mkdir, mkdtemp, open, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { type Helper, launchHelper, type MachineConfiguration, type SerialPortAttachment } from "../../src/index.js";
import { boot, guest, linuxGuest } from "../helpers/guest.js";
import { archiveBytes } from "../helpers/randomBytes.js";

const diskSize = 1 << 20;

describe("files that a machine's output goes to", () => {
  let folder: string;
  let helper: Helper;
  const at = (name: string) => path.join(folder, name);
  const port = (attachment: SerialPortAttachment) => ({ kind: "virtioConsole" as const, attachment });
  const disk = (file: string, isReadOnly = false) => ({
    kind: "virtioBlock" as const,
    attachment: { kind: "diskImage" as const, path: file, isReadOnly },
  });

  beforeAll(async () => {
    helper = await launchHelper();
  });
  afterAll(() => helper?.[Symbol.asyncDispose]());

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vzkit-outputs-"));
    await writeFile(at("disk.img"), Buffer.alloc(diskSize, 1));
    await symlink(at("disk.img"), at("link"));
    await link(at("disk.img"), at("second-name"));
    execFileSync("mkfifo", [at("fifo")]);
    return () => rm(folder, { recursive: true, force: true });
  });

  const isUntouched = async (file = at("disk.img")) =>
    expect((await readFile(file)).equals(Buffer.alloc(diskSize, 1)), `${file} is as it was`).toBe(true);

  it.each(["disk.img", "link", "second-name"])("are never one of its own disks: %s", async (name) => {
    for (const attachment of [
      { kind: "file", path: at(name) },
      { kind: "file", path: at(name), append: true },
      { kind: "stream", logPath: at(name) },
    ] satisfies SerialPortAttachment[]) {
      const configuration = linuxGuest({ storageDevices: [disk(at("disk.img"))], serialPorts: [port(attachment)] });
      const refusal = {
        kind: "invalidConfiguration",
        path: `params.configuration.serialPorts[0].attachment.${attachment.kind === "file" ? "path" : "logPath"}`,
        message: expect.stringContaining("storageDevices[0].attachment.path"),
      };
      await expect(helper.machines.validate(configuration)).rejects.toMatchObject(refusal);
      await expect(helper.machines.create(configuration)).rejects.toMatchObject(refusal);
      await isUntouched();
    }
  });

  it("are never its kernel or its RAM disk", async () => {
    for (const [role, source] of [
      ["kernelPath", guest.kernel],
      ["initialRamdiskPath", guest.initrd],
    ] as const) {
      const copy = at(role);
      await copyFile(source, copy);
      const base = linuxGuest();
      const configuration: MachineConfiguration = {
        ...base,
        bootLoader: { ...base.bootLoader, kind: "linux", kernelPath: guest.kernel, [role]: copy },
        consoleDevices: [{ kind: "virtio", ports: [{ attachment: { kind: "file", path: copy } }] }],
      };
      await expect(helper.machines.validate(configuration)).rejects.toMatchObject({
        kind: "invalidConfiguration",
        path: "params.configuration.consoleDevices[0].ports[0].attachment.path",
        message: expect.stringContaining(`bootLoader.${role}`),
      });
      expect((await stat(copy)).size).toBe((await stat(source)).size);
    }
  });

  it("are never a disk that another helper's guest uses, whoever writes", async () => {
    await using other = await launchHelper();
    const image = at("image.ipsw");
    await writeFile(image, archiveBytes(1000, 1));
    for (const isReadOnly of [false, true]) {
      await using running = await other.machines.create(
        linuxGuest({ storageDevices: [disk(at("disk.img"), isReadOnly)] }),
        { name: "owner of the disk" },
      );
      await running.start();
      const refusal = { kind: "inUse", message: expect.stringContaining("owner of the disk") };
      for (const attachment of [
        { kind: "file", path: at("link") },
        { kind: "stream", logPath: at("disk.img") },
      ] satisfies SerialPortAttachment[]) {
        const configuration = linuxGuest({ serialPorts: [port(attachment)] });
        await expect(helper.machines.validate(configuration)).rejects.toMatchObject(refusal);
        await expect(helper.machines.create(configuration)).rejects.toMatchObject(refusal);
      }
      await using screen = await helper.machines.create(
        linuxGuest({
          graphicsDevices: [{ kind: "virtio", scanouts: [{ widthInPixels: 640, heightInPixels: 480 }] }],
        }),
      );
      await screen.start();
      await expect(screen.displays.screenshot({ to: at("disk.img"), overwrite: true })).rejects.toMatchObject(refusal);
      await expect(helper.disks.create(at("disk.img"), { size: diskSize, overwrite: true })).rejects.toMatchObject(
        refusal,
      );
      await expect(
        helper.restoreImages.download(pathToFileURL(image), { to: at("disk.img"), overwrite: true }),
      ).rejects.toMatchObject(refusal);
      await isUntouched();
    }
  });

  it("are looked at again at each start", async () => {
    await using later = await helper.machines.create(
      linuxGuest({ serialPorts: [port({ kind: "file", path: at("disk.img") })] }),
    );
    await using running = await helper.machines.create(linuxGuest({ storageDevices: [disk(at("disk.img"))] }), {
      name: "came first",
    });
    await running.start();
    await expect(later.start()).rejects.toMatchObject({
      kind: "inUse",
      message: expect.stringContaining("came first"),
    });
    expect((await later.state()).state).toBe("stopped");
    await isUntouched();
  });

  it("are not taken as a disk while a console prints into them", async () => {
    const log = at("second-name");
    await using printing = await helper.machines.create(
      linuxGuest({ serialPorts: [port({ kind: "stream", logPath: log })] }),
    );
    await using later = await helper.machines.create(linuxGuest({ storageDevices: [disk(at("disk.img"))] }));
    await expect(later.start()).rejects.toMatchObject({ message: expect.stringContaining("in use") });
    await printing.dispose();
    await later.start();
  });

  it("may not be folders, and are named", async () => {
    await mkdir(at("folder"));
    for (const attachment of [
      { kind: "file", path: at("folder") },
      { kind: "stream", logPath: at("folder") },
    ] satisfies SerialPortAttachment[]) {
      await expect(helper.machines.create(linuxGuest({ serialPorts: [port(attachment)] }))).rejects.toMatchObject({
        kind: "invalidConfiguration",
        message: expect.stringContaining("Name a file in it"),
      });
    }
  });

  it("and files that a machine reads are never waited for", async () => {
    const base = linuxGuest();
    const refusal = { message: expect.stringMatching(/fifo.*(FIFO|regular file|not a file)/) };
    const boot = { ...base.bootLoader, kind: "linux" as const };
    for (const configuration of [
      { ...base, bootLoader: { ...boot, kernelPath: at("fifo") } },
      { ...base, bootLoader: { ...boot, kernelPath: guest.kernel, initialRamdiskPath: at("fifo") } },
      linuxGuest({ storageDevices: [disk(at("fifo"))] }),
      linuxGuest({ storageDevices: [disk(at("fifo"), true)] }),
    ] as MachineConfiguration[]) {
      await expect(helper.machines.create(configuration)).rejects.toMatchObject(refusal);
    }
    await expect(helper.restoreImages.load(at("fifo"))).rejects.toMatchObject(refusal);
    await expect(helper.restoreImages.download(at("fifo"))).rejects.toMatchObject(refusal);
    await expect(
      helper.restoreImages.latestSupported({ catalogURL: pathToFileURL(at("fifo")).href }),
    ).rejects.toMatchObject(refusal);
    const to = { path: at("fifo"), size: diskSize, overwrite: true };
    await expect(helper.disks.create(to.path, to)).rejects.toMatchObject(refusal);
  });

  describe.skipIf(process.platform === "darwin")("when they are FIFOs (shown on Linux hosts)", () => {
    it.each(["file", "stream"] as const)("are refused at once while nobody reads them: %s", async (kind) => {
      const attachment: SerialPortAttachment =
        kind === "file" ? { kind, path: at("fifo") } : { kind, logPath: at("fifo") };
      await expect(helper.machines.create(linuxGuest({ serialPorts: [port(attachment)] }))).rejects.toMatchObject({
        kind: "invalidConfiguration",
        message: expect.stringMatching(/Nobody reads the FIFO .*fifo in params\.configuration\.serialPorts\[0\]/),
      });
    });

    it.each(["file", "stream"] as const)("never hold up a machine whose reader is slow: %s", async (kind) => {
      // A reader that takes nothing: its FIFO is full after 64 KiB.
      const reader = await open(at("fifo"), "r+");
      try {
        const attachment: SerialPortAttachment =
          kind === "file" ? { kind, path: at("fifo") } : { kind, logPath: at("fifo") };
        const configuration = linuxGuest({
          serialPorts: [port({ kind: "stream", name: "shell" })],
          consoleDevices: [{ kind: "virtio", ports: [{ name: "flood", attachment }] }],
        });
        await using machine = await helper.machines.create(configuration);
        await boot(machine);
        const flood =
          'cd /sys/class/virtio-ports; for port in *; do test "$(cat $port/name 2>/dev/null)" = flood && break; done; ' +
          "dd if=/dev/zero bs=64k count=32 2>/dev/null | tr '\\000' x > /dev/$port; echo done";
        expect(await runInGuest(machine, flood)).toBe("done");
        expect((await machine.state()).state).toBe("running");
        await machine.stop();
        const chunk = Buffer.alloc(64 << 10);
        let length = 0;
        while (length < 2 << 20) length += (await reader.read(chunk)).bytesRead;
        expect(length).toBeGreaterThanOrEqual(2 << 20);
      } finally {
        await reader.close();
      }
    });
  });
});
