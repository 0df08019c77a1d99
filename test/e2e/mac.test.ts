import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { restoreImageCatalog } from "../../scripts/restoreImage/catalog.js";
import { makeRestoreImage, type RestoreImageOptions } from "../../scripts/restoreImage/make.js";
import {
  type Helper,
  HelperExitError,
  launchHelper,
  type Machine,
  type MachineConfiguration,
  type MachineInstallProgress,
  macOSGuestAutomountTag,
  mib,
  RequestError,
} from "../../src/index.js";
import { boot, guest } from "../helpers/guest.js";
import { separateCache } from "../helpers/separateCache.js";

// A Mac has the real thing instead.
describe.skipIf(process.platform === "darwin")("the stand-in Mac (Linux hosts only)", () => {
  let folder: string;
  let cache: { XDG_CACHE_HOME: string };
  let ipsw: string;
  let hardwareModel: string;
  let helper: Helper;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vzkit-mac-"));
    cache = await separateCache(folder);
    ipsw = await restoreImage("good.ipsw");
    helper = await standIn();
    const image = await helper.restoreImages.load(ipsw);
    hardwareModel = image.requirements?.hardwareModel ?? "";
  });
  afterAll(async () => {
    await helper?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  /** Everything that the helpers of this file have logged. */
  const log: string[] = [];
  const standIn = (env: Record<string, string> = {}) =>
    launchHelper({
      env: { ...process.env, ...cache, VZKIT_STANDIN_MAC: "1", VZKIT_LOG: "debug", ...env },
      stderr: (line) => log.push(line),
    });

  async function restoreImage(name: string, more: Partial<RestoreImageOptions> = {}): Promise<string> {
    const path = join(folder, name);
    await makeRestoreImage({ path, kernel: guest.kernel, initialRamdisk: guest.initrd, ...more });
    return path;
  }

  let count = 0;
  /** A virtual Mac with a fresh disk and auxiliary storage. */
  async function mac(of: Helper = helper, { cpuCount = 4, share = "" } = {}): Promise<Machine> {
    const number = ++count;
    const disk = await of.disks.create(join(folder, `disk${number}.img`), { size: mib(256) });
    const path = join(folder, `auxiliary-storage${number}`);
    const auxiliaryStoragePath = await of.macs.createAuxiliaryStorage(path, { hardwareModel });
    return of.machines.create(
      {
        cpuCount,
        memorySize: mib(256),
        platform: { kind: "mac", hardwareModel, auxiliaryStoragePath },
        bootLoader: { kind: "macOS" },
        storageDevices: [{ kind: "virtioBlock", attachment: { kind: "diskImage", path: disk.path } }],
        networkDevices: [{ kind: "virtio", attachment: { kind: "nat" } }],
        serialPorts: [{ kind: "virtioConsole", attachment: { kind: "stream" } }],
        entropyDevices: [{ kind: "virtio" }],
        socketDevices: [{ kind: "virtio" }],
        graphicsDevices: [{ kind: "mac", displays: [{ widthInPixels: 1280, heightInPixels: 800 }] }],
        keyboards: [{ kind: "mac" }, { kind: "usb" }],
        pointingDevices: [{ kind: "macTrackpad" }],
        audioDevices: [{ kind: "virtioSound", input: true }],
        ...(share && {
          directorySharingDevices: [
            {
              kind: "virtioFileSystem",
              tag: macOSGuestAutomountTag,
              share: { kind: "single", directory: { path: share } },
            },
          ],
        }),
      },
      { name: `mac${number}` },
    );
  }

  async function failure(promise: Promise<unknown>): Promise<RequestError> {
    const error = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(RequestError);
    return error as RequestError;
  }

  it("says what it is and reads a restore image", async () => {
    const { host } = await helper.host.describe();
    expect(host.standInNotice).toContain("never macOS");
    const image = await helper.restoreImages.load(ipsw);
    expect(image).toMatchObject({ version: "27.0", build: "26A5001z", isSupported: true });
    expect(image.requirements).toMatchObject({ minimumCPUCount: 2, minimumMemorySize: mib(256) });
    expect(image.standInNotice).toContain("stand-in");
  });

  it("installs with progress, boots what was installed, and shares a folder by itself", async () => {
    await using machine = await mac(helper, { share: folder });
    expect(await failure(machine.start())).toMatchObject({ kind: "invalidDiskImage" });
    const seen: MachineInstallProgress[] = [];
    const states: string[] = [];
    machine.on("stateChanged", ({ state }) => states.push(state));
    const installed = await machine.install(ipsw, { onProgress: (progress) => seen.push(progress) });
    expect(installed).toEqual({ version: "27.0", build: "26A5001z" });
    expect(states).toEqual(["installing", "stopped"]);
    const fractions = seen.map((progress) => progress.fraction);
    expect(fractions).toEqual([...fractions].sort((one, other) => one - other));
    expect(seen.at(-1)).toMatchObject({ phase: "finishing", fraction: 1 });

    await boot(machine);
    expect(await runInGuest(machine, "cat /proc/cmdline")).toContain("vzkit.standin=27.0,26A5001z");
    await runInGuest(machine, "echo hello >'/Volumes/My Shared Files/from-guest'; sync");
    expect(await readFile(join(folder, "from-guest"), "utf8")).toBe("hello\n");
    await machine.stop();

    const password = "never-in-a-log";
    const guestProvisioning = { fullName: "Ada Lovelace", username: "ada", password };
    await machine.start({ startUpFromMacOSRecovery: true, guestProvisioning });
    await machine.stop();
    const bad = { ...guestProvisioning, username: "Ada Lovelace" };
    expect(await failure(machine.start({ guestProvisioning: bad }))).toMatchObject({
      kind: "guestProvisioningInvalidUsername",
    });
    expect(log.join("\n")).toContain("never macOS");
    expect(log.join("\n")).not.toContain(password);
  });

  it("refuses before it begins what could not be installed", async () => {
    await using machine = await mac(helper, { cpuCount: 2 });
    const few = await failure(machine.install(ipsw));
    expect(few).toMatchObject({ kind: "invalidConfiguration" });
    expect(few.message).toContain("cpuCount");
    await using good = await mac();
    const newer = await restoreImage("newer.ipsw", { version: "28.0" });
    expect(await failure(good.install(newer))).toMatchObject({ kind: "installationRequiresUpdate" });
    const other = await restoreImage("other.ipsw", { deviceClass: "j313ap" });
    expect(await failure(good.install(other))).toMatchObject({ kind: "invalidRestoreImage" });
    const cut = await restoreImage("cut.ipsw");
    await truncate(cut, 100_000);
    expect(await failure(good.install(cut))).toMatchObject({ kind: "invalidRestoreImage" });
    await writeFile(join(folder, "text.ipsw"), "not an archive");
    expect(await failure(helper.restoreImages.load(join(folder, "text.ipsw")))).toMatchObject({
      kind: "invalidRestoreImage",
    });
    expect(await failure(good.install(join(folder, "missing.ipsw")))).toMatchObject({ kind: "fileNotFound" });
    const disk = { version: "27.0", imageSize: mib(100), diskSize: mib(150) };
    expect(await failure(helper.restoreImages.preflight(disk))).toMatchObject({ kind: "outOfDiskSpace" });
  });

  it("warns of an image that is newer by a minor version, and says so when its installation fails", async () => {
    const env = { VZKIT_STANDIN_HOST_VERSION: "26.5.2", VZKIT_STANDIN_FAIL: "install:0.4" };
    await using older = await standIn(env);
    const { preflight } = older.restoreImages;
    const check = (version: string) => preflight.call(older.restoreImages, { version });
    for (const version of ["26.5.2", "26.5.1", "26", "15.6.1"]) expect(await check(version)).toEqual([]);
    for (const version of ["26.6", "26.5.3"]) {
      expect(await check(version)).toEqual([
        {
          kind: "newerMinorVersion",
          message: expect.stringMatching(`macOS ${version} .*macOS 26.5.2.*Update the host`),
        },
      ]);
    }
    expect(await failure(check("27.0"))).toMatchObject({ kind: "installationRequiresUpdate" });
    for (const version of ["26.x", "", "26..1", "٢٦", "26.5.2.1"]) {
      expect(await failure(check(version))).toMatchObject({ kind: "invalidParams", path: "params.version" });
    }
    const newer = await restoreImage("newer.ipsw", { version: "26.6", build: "25G50" });
    await using machine = await mac(older);
    expect(await failure(machine.install(newer))).toMatchObject({
      kind: "installationFailed",
      message: expect.stringMatching(/is of macOS 26\.6, and the host has the older macOS 26\.5\.2.*Update the host/),
      apple: { code: 10007 },
    });
    expect(log.join("\n")).toContain("newer than the host's macOS 26.5.2");
    const same = await restoreImage("same.ipsw", { version: "26.5.2", build: "25F80" });
    expect((await failure(machine.install(same))).message).not.toContain("older macOS");
  });

  it("fails when asked to, with the chain of causes, and can be installed afterwards", async () => {
    await using failing = await standIn({ VZKIT_STANDIN_FAIL: "install:0.4" });
    await using machine = await mac(failing);
    const error = await failure(machine.install(ipsw));
    expect(error).toMatchObject({ kind: "installationFailed", apple: { name: "installationFailed", code: 10007 } });
    expect(error.apple?.underlying?.domain).toBe("VzkitStandInErrorDomain");
    expect(error.apple?.underlying?.underlying).toMatchObject({ domain: "NSPOSIXErrorDomain", code: 5 });
    expect(await machine.state()).toMatchObject({ state: "stopped" });
    const again = await helper.machines.create(machine.configuration as never);
    await again.install(ipsw);
    await again.dispose();
  });

  it("notices a changed byte and an unknown hardware model", async () => {
    await using corrupt = await standIn({ VZKIT_STANDIN_FAIL: "corrupt" });
    await using one = await mac(corrupt);
    expect(await failure(one.install(ipsw))).toMatchObject({
      kind: "installationFailed",
      apple: { underlying: { name: "invalidRestoreImage" } },
    });
    await using model = await standIn({ VZKIT_STANDIN_FAIL: "model" });
    await using two = await mac(model);
    expect(await failure(two.install(ipsw))).toMatchObject({ kind: "installationRequiresUpdate" });
  });

  it("ends a stalled installation by cancel, and by dispose", async () => {
    await using stalling = await standIn({ VZKIT_STANDIN_FAIL: "stall:0.5" });
    await using machine = await mac(stalling);
    const abort = new AbortController();
    let stood = 0;
    const installation = machine.install(ipsw, {
      signal: abort.signal,
      onProgress: ({ secondsSinceChange }) => {
        stood = Math.max(stood, secondsSinceChange);
        if (secondsSinceChange > 1) abort.abort();
      },
    });
    await expect(installation).rejects.toMatchObject({ name: "AbortError" });
    expect(stood).toBeGreaterThan(1);
    const second = machine.install(ipsw);
    const ended = failure(second);
    await machine.dispose();
    expect((await ended).kind).toBe("operationCancelled");
  });

  it("does not look installed after the helper was killed midway, and is installed by the next run", async () => {
    const dying = await standIn({ VZKIT_STANDIN_FAIL: "stall:0.5" });
    const machine = await mac(dying);
    const configuration = machine.configuration as MachineConfiguration;
    const installation = machine.install(ipsw, {
      onProgress: ({ fraction }) => {
        if (fraction >= 0.4) process.kill(dying.info.helper.processIdentifier, "SIGKILL");
      },
    });
    await expect(installation).rejects.toBeInstanceOf(HelperExitError);
    await dying.close();

    await using again = await helper.machines.create(configuration);
    expect(await failure(again.start())).toMatchObject({ kind: "invalidDiskImage" });
    await again.install(ipsw);
    await boot(again);
    await again.stop();
  });

  it("runs no more than two at a time, and names those that run", async () => {
    await using full = await standIn({ VZKIT_STANDIN_FAIL: "limit" });
    await using machine = await mac(full);
    await machine.install(ipsw);
    const error = await failure(machine.start());
    expect(error.kind).toBe("virtualMachineLimitExceeded");
    expect(error.message).toMatch(/in (a )?helpers? of this user/);
  });

  it("counts the Macs of a host, and names those of this helper that run", async () => {
    await using one = await mac();
    await using two = await mac();
    await using three = await mac();
    for (const machine of [one, two, three]) await machine.install(ipsw);
    await one.start();
    await two.start();
    const error = await failure(three.start());
    expect(error.kind).toBe("virtualMachineLimitExceeded");
    expect(error.message).toContain(one.handle);
    expect(error.message).toContain(two.handle);
    await one.stop();
    await three.start();
  });

  it("finds the newest image that the host can run in a list of Apple's format", async () => {
    const entry = (version: string, build: string) => ({ version, build, url: `https://example.com/${build}.ipsw` });
    const list = restoreImageCatalog([entry("26.1", "25B1"), entry("27.0", "26A1"), entry("99.0", "98A1")]);
    const path = join(folder, "list.xml");
    await writeFile(path, list);
    const image = await helper.restoreImages.latestSupported({ catalogURL: `file://${path}` });
    expect(image).toMatchObject({ url: "https://example.com/26A1.ipsw", version: "27.0", build: "26A1" });
    await writeFile(path, "<html>");
    expect(await failure(helper.restoreImages.latestSupported({ catalogURL: `file://${path}` }))).toMatchObject({
      kind: "invalidRestoreImageCatalog",
    });
    expect(await failure(helper.restoreImages.latestSupported({ catalogURL: "file:///nowhere" }))).toMatchObject({
      kind: "restoreImageCatalogLoadFailed",
    });
  });
});
