import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { makeRestoreImage } from "../../scripts/restoreImage/make.js";
import { type Helper, launchHelper, type Machine, type MachineConfiguration, mib } from "../../src/index.js";
import { boot, guest, linuxGuest } from "../helpers/guest.js";
import { inkOf, readPNG } from "../helpers/png.js";

/** Where people find what a guest's screen looked like. */
const output = fileURLToPath(new URL("../../test-output/", import.meta.url));

// A Mac's guests have no text mode; there, see for yourself with a window.
describe.skipIf(process.platform === "darwin")("the displays of a guest (Linux hosts only)", () => {
  let folder: string;
  let helper: Helper;
  let machine: Machine;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vzkit-display-"));
    await mkdir(output, { recursive: true });
    helper = await launchHelper({ env: { VZKIT_STANDIN_MAC: "1" } });
    machine = await helper.machines.create(withDisplay(), { name: "screen" });
    await boot(machine);
  });
  afterAll(async () => {
    await helper?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  function withDisplay(): MachineConfiguration {
    const scanouts = [{ widthInPixels: 1280, heightInPixels: 800 }];
    return linuxGuest({ graphicsDevices: [{ kind: "virtio", scanouts }] });
  }

  /** Clears the guest's screen and writes on it, without a cursor that blinks. */
  async function show(text: string, on = machine): Promise<void> {
    const bytes = Buffer.from(`\u001b[2J\u001b[H\u001b[?25l${text}`).toString("base64");
    await runInGuest(on, `echo ${bytes} | base64 -d >/dev/tty1`);
  }

  it("are listed with the size that the guest is offered", async () => {
    expect(await machine.displays.list()).toEqual([{ index: 0, widthInPixels: 1280, heightInPixels: 800 }]);
  });

  it("are seen as the guest shows them now", async () => {
    await show("Hello from the guest");
    const first = await machine.displays.screenshot();
    const picture = readPNG(first);
    // The text mode of the guest's kernel, which has no driver for another.
    expect(picture).toMatchObject({ width: 720, height: 400 });
    expect(inkOf(picture)).toBeGreaterThan(200);
    expect(await machine.displays.screenshot()).toEqual(first);

    await show("Something else, and more of it");
    const second = readPNG(await machine.displays.screenshot());
    expect(second.pixels.equals(picture.pixels)).toBe(false);
    expect(inkOf(second)).toBeGreaterThan(inkOf(picture));

    await machine.pause();
    expect(readPNG(await machine.displays.screenshot()).pixels.equals(second.pixels)).toBe(true);
    await machine.resume();
  });

  it("are seen often without anything being left open", async () => {
    await show("Again and again");
    await machine.displays.screenshot();
    const { hypervisorProcessIdentifier: hypervisor = 0 } = await machine.state();
    const open = async () => {
      const both = [hypervisor, helper.info.helper.processIdentifier];
      return (await Promise.all(both.map((pid) => readdir(`/proc/${pid}/fd`)))).flat().length;
    };
    const before = await open();
    for (let count = 0; count < 20; count++) await machine.displays.screenshot();
    // Sockets close a moment after they were read, those from before too.
    await expect.poll(open, { timeout: 30_000 }).toBeLessThanOrEqual(before);
  });

  it("may be of any size that is allowed, and there are keys and a pointer beside them", async () => {
    for (const size of [1, 16384]) {
      const scanouts = [{ widthInPixels: size, heightInPixels: size }];
      await using odd = await helper.machines.create(
        linuxGuest({
          graphicsDevices: [{ kind: "virtio", scanouts }],
          keyboards: [{ kind: "usb" }],
          pointingDevices: [{ kind: "usbScreenCoordinate" }],
        }),
      );
      await boot(odd);
      await show("Odd", odd);
      expect(inkOf(readPNG(await odd.displays.screenshot()))).toBeGreaterThan(10);
      // An xHCI controller and a VGA display, by their PCI classes.
      const classes = await runInGuest(odd, "cat /sys/bus/pci/devices/*/class");
      expect(classes.split("\n")).toEqual(expect.arrayContaining(["0x0c0330", "0x030000"]));
    }
  });

  it("are written to a file, which is whole, and replaced only when asked", async () => {
    await show("Kept in a file");
    const to = path.join(folder, "screen.png");
    const result = await machine.displays.screenshot({ to });
    const file = await readFile(to);
    expect(result).toEqual({ path: to, width: 720, height: 400, size: file.length });
    expect(readPNG(file)).toMatchObject({ width: 720, height: 400 });
    await expect(machine.displays.screenshot({ to })).rejects.toMatchObject({ kind: "fileExists" });
    await show("Kept in the same file");
    await machine.displays.screenshot({ to, overwrite: true });
    expect((await readFile(to)).equals(file)).toBe(false);
    expect(await readdir(folder)).toEqual(["screen.png"]);
  });

  it("are seen by many at once", async () => {
    await show("Smile");
    const pictures = await Promise.all(Array.from({ length: 12 }, () => machine.displays.screenshot()));
    for (const picture of pictures) expect(picture).toEqual(pictures[0]);
  });

  it("are waited for while they are blank", async () => {
    await show("");
    const blank = await machine.displays.screenshot({ timeout: 0.3 }).catch((error: unknown) => error);
    expect(blank).toMatchObject({ kind: "displayBlank", message: expect.stringContaining("screen") });
    await expect(machine.displays.screenshot({ timeout: 0 })).rejects.toMatchObject({ kind: "displayBlank" });

    const later = machine.displays.screenshot({ timeout: 120 });
    // Others do not wait for the one who waits.
    expect(await machine.state()).toMatchObject({ state: "running" });
    await show("At last");
    expect(inkOf(readPNG(await later))).toBeGreaterThan(50);

    await show("");
    const controller = new AbortController();
    const to = path.join(folder, "never.png");
    const cancelled = machine.displays.screenshot({ to, timeout: 120, signal: controller.signal });
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ name: "AbortError" });
    expect(await readdir(folder)).not.toContain("never.png");
  });

  it("cannot be seen where there is nothing to see", async () => {
    await using blind = await helper.machines.create(linuxGuest(), { name: "blind" });
    expect(await blind.displays.list()).toEqual([]);
    await blind.start();
    await expect(blind.displays.screenshot()).rejects.toMatchObject({
      kind: "deviceNotConfigured",
      message: expect.stringContaining("graphicsDevices"),
    });
    await expect(blind.displays.openWindow()).rejects.toMatchObject({ kind: "deviceNotConfigured" });
    await using stopped = await helper.machines.create(withDisplay());
    await expect(stopped.displays.screenshot()).rejects.toMatchObject({ kind: "invalidState" });
    await stopped.dispose();
    await expect(stopped.displays.screenshot()).rejects.toMatchObject({ kind: "machineNotFound" });
    await expect(machine.displays.screenshot({ display: 1 })).rejects.toMatchObject({
      kind: "invalidParams",
      path: "params.display",
    });
    for (const timeout of [-1, 601]) {
      await expect(machine.displays.screenshot({ timeout })).rejects.toMatchObject({ path: "params.timeout" });
    }
  });

  it("are blank where the guest has no driver, whatever the hypervisor says there", async () => {
    const display = { kind: "virtio" as const, scanouts: [{ widthInPixels: 1024, heightInPixels: 768 }] };
    await using two = await helper.machines.create(linuxGuest({ graphicsDevices: [display, display] }));
    await boot(two);
    expect((await two.displays.list()).map(({ index }) => index)).toEqual([0, 1]);
    await show("On the first", two);
    expect(inkOf(readPNG(await two.displays.screenshot({ display: 0 })))).toBeGreaterThan(50);
    await expect(two.displays.screenshot({ display: 1, timeout: 0.2 })).rejects.toMatchObject({ kind: "displayBlank" });
  });

  it("end a wait when the machine stops", async () => {
    await using short = await helper.machines.create(withDisplay(), { name: "short" });
    await boot(short);
    await show("", short);
    const waiting = short.displays.screenshot({ timeout: 120 }).catch((error: unknown) => error);
    await short.stop();
    expect(await waiting).toMatchObject({ kind: "invalidState", message: expect.stringContaining("short") });
  });

  it("leave nothing behind where a file cannot be made", async (context) => {
    await show("Nowhere to go");
    const refusal = (to: string, overwrite = false) =>
      machine.displays.screenshot({ to, overwrite }).then(
        () => "written",
        ({ kind }: { kind: string }) => kind,
      );
    const file = path.join(folder, "file");
    await writeFile(file, "");
    expect(await refusal(path.join(folder, "missing", "screen.png"))).toBe("fileNotFound");
    expect(await refusal(path.join(file, "screen.png"))).toBe("fileNotFound");
    expect(await refusal(folder, true)).toBe("fileExists");
    expect(await refusal(path.join(folder, "x".repeat(300)))).toBe("pathTooLong");
    const closed = path.join(folder, "closed");
    await mkdir(closed);
    await chmod(closed, 0o555);
    if (process.getuid?.() !== 0) expect(await refusal(path.join(closed, "screen.png"))).toBe("permissionDenied");
    expect(await readdir(closed)).toEqual([]);

    const small = path.join(folder, "small");
    const mounting = await execa("sh", ["-c", `mkdir ${small} && mount -t tmpfs -o size=4k none ${small}`], {
      reject: false,
    });
    if (mounting.exitCode !== 0) return context.skip("mounting a small file system needs root");
    try {
      await writeFile(path.join(small, "full"), Buffer.alloc(4096));
      expect(await refusal(path.join(small, "screen.png"))).toBe("outOfDiskSpace");
      expect(await readdir(small)).toEqual(["full"]);
      await execa("mount", ["-o", "remount,ro", small]);
      expect(await refusal(path.join(small, "screen.png"))).toBe("permissionDenied");
    } finally {
      await execa("umount", [small]);
    }
  });

  it("keep their size on Linux", async () => {
    await machine.displays.reconfigure({ widthInPixels: 1280, heightInPixels: 800 });
    await expect(machine.displays.reconfigure({ widthInPixels: 800, heightInPixels: 600 })).rejects.toMatchObject({
      kind: "notSupported",
      message: expect.stringContaining("keeps the size"),
    });
    await expect(machine.displays.reconfigure({ widthInPixels: 0, heightInPixels: 600 })).rejects.toMatchObject({
      kind: "invalidConfiguration",
    });
    const dense = { widthInPixels: 1280, heightInPixels: 800, pixelsPerInch: 200 };
    await expect(machine.displays.reconfigure(dense)).rejects.toMatchObject({ path: "params.pixelsPerInch" });
    await expect(machine.displays.reconfigure({ ...dense, display: 7 })).rejects.toMatchObject({
      path: "params.display",
    });
  });

  it("have no window on a system without a GUI", async () => {
    await expect(machine.displays.openWindow({ closeBehavior: "stop" })).rejects.toMatchObject({
      kind: "notSupported",
      message: expect.stringContaining("no GUI"),
    });
    await expect(machine.displays.openWindow({ width: 1 })).rejects.toMatchObject({ path: "params.width" });
    await expect(machine.displays.openWindow({ title: "" })).rejects.toMatchObject({ path: "params.title" });
    await helper.request("window.close", { machine: machine.handle });
  });

  it("show what was installed on the stand-in Mac", async () => {
    const ipsw = path.join(folder, "image.ipsw");
    await makeRestoreImage({ path: ipsw, kernel: guest.kernel, initialRamdisk: guest.initrd });
    const { requirements } = await helper.restoreImages.load(ipsw);
    const hardwareModel = requirements?.hardwareModel ?? "";
    const disk = await helper.disks.create(path.join(folder, "disk.img"), { size: mib(256) });
    const auxiliaryStorage = { path: path.join(folder, "auxiliary-storage"), hardwareModel };
    await using mac = await helper.machines.create(
      {
        cpuCount: 4,
        memorySize: mib(256),
        platform: {
          kind: "mac",
          hardwareModel,
          auxiliaryStoragePath: await helper.macs.createAuxiliaryStorage(auxiliaryStorage.path, auxiliaryStorage),
        },
        bootLoader: { kind: "macOS" },
        storageDevices: [{ kind: "virtioBlock", attachment: { kind: "diskImage", path: disk.path } }],
        serialPorts: [{ kind: "virtioConsole", attachment: { kind: "stream" } }],
        socketDevices: [{ kind: "virtio" }],
        graphicsDevices: [
          { kind: "mac", displays: [{ widthInPixels: 1280, heightInPixels: 800, pixelsPerInch: 110 }] },
        ],
      },
      { name: "mac" },
    );
    expect(await mac.displays.list()).toEqual([
      { index: 0, widthInPixels: 1280, heightInPixels: 800, pixelsPerInch: 110 },
    ]);
    await mac.install(ipsw);
    await boot(mac);
    // The guest takes the size from what the display says of itself, and draws a picture that says what it is.
    const to = path.join(output, "stand-in-mac.png");
    const taken = await mac.displays.screenshot({ to, overwrite: true });
    const picture = readPNG(await readFile(to));
    expect(picture).toMatchObject({ width: 1280, height: 800 });
    expect(taken).toMatchObject({ width: 1280, height: 800 });
    expect(inkOf(picture)).toBeGreaterThan(100_000);

    expect(await runInGuest(mac, "echo something else | screen")).toBe("1280x800");
    const other = readPNG(await mac.displays.screenshot());
    expect(other).toMatchObject({ width: 1280, height: 800 });
    expect(other.pixels.equals(picture.pixels)).toBe(false);
    await writeFile(path.join(output, "stand-in-mac-later.png"), await mac.displays.screenshot());
  });
});
