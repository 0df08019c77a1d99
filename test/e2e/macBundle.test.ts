import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { makeRestoreImage, type RestoreImageOptions } from "../../scripts/restoreImage/make.js";
import {
  type Helper,
  HelperExitError,
  launchHelper,
  type Machine,
  macOSGuestAutomountTag,
  mib,
  RequestError,
  type RestoreImagePreflightWarning,
} from "../../src/index.js";
import { bootSilently as boot, guest } from "../helpers/guest.js";

// A Mac has the real thing instead.
describe.skipIf(process.platform === "darwin")(
  "the bundle of a virtual Mac, on the stand-in (Linux hosts only)",
  () => {
    let root: string;
    let ipsw: string;
    let helper: Helper;
    let count = 0;
    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), "vzkit-mac-bundle-"));
      ipsw = await restoreImage("good.ipsw");
      helper = await standIn();
    });
    afterAll(async () => {
      await helper?.[Symbol.asyncDispose]();
      await rm(root, { recursive: true, force: true });
    });

    const standIn = (env: Record<string, string | undefined> = {}) =>
      launchHelper({ env: { VZKIT_STANDIN_MAC: "1", ...env } });

    async function restoreImage(name: string, more: Partial<RestoreImageOptions> = {}): Promise<string> {
      const path = join(root, name);
      await makeRestoreImage({ path, kernel: guest.kernel, initialRamdisk: guest.initrd, ...more });
      return path;
    }

    /** A bundle's path in a folder of its own. */
    async function place(): Promise<string> {
      const folder = join(root, `case-${count++}`);
      await mkdir(folder);
      return join(folder, "dev.vzkit");
    }

    /** Small enough for a test host. */
    const small = { memorySize: mib(256), diskSize: mib(256) };

    const makeMac = async (of: Helper = helper, path?: string): Promise<Machine> =>
      of.machines.createMac(path ?? (await place()), { restoreImage: ipsw, ...small });

    const summary = async (path: string) => (await helper.bundles.get(path).inspect()).bundle;

    async function failure(promise: Promise<unknown>): Promise<RequestError> {
      const error = await promise.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(RequestError);
      return error as RequestError;
    }

    it("is made with all that a Mac has, installed, started, and started again without installing", async () => {
      const path = await place();
      const mac = await helper.machines.createMac(path, { restoreImage: { path: ipsw } });
      expect(mac.configuration).toMatchObject({
        cpuCount: 4,
        platform: { kind: "mac", auxiliaryStoragePath: join(path, "auxiliary-storage") },
        bootLoader: { kind: "macOS" },
        storageDevices: [{ kind: "virtioBlock", attachment: { path: join(path, "disk.img") } }],
        networkDevices: [{ kind: "virtio", attachment: { kind: "nat" } }],
        entropyDevices: [{ kind: "virtio" }],
        socketDevices: [{ kind: "virtio" }],
        graphicsDevices: [
          { kind: "mac", displays: [{ widthInPixels: 1920, heightInPixels: 1200, pixelsPerInch: 80 }] },
        ],
        keyboards: [{ kind: "mac" }, { kind: "usb" }],
        pointingDevices: [{ kind: "macTrackpad" }, { kind: "usbScreenCoordinate" }],
        audioDevices: [{ kind: "virtioSound", output: true, input: true }],
        consoleDevices: [{ kind: "virtio", ports: [{ attachment: { kind: "spiceAgent" } }] }],
        directorySharingDevices: [
          { kind: "virtioFileSystem", tag: macOSGuestAutomountTag, share: { kind: "multiple", directories: {} } },
        ],
      });
      const { memorySize = 0 } = mac.configuration ?? {};
      const { host } = helper.info;
      expect(memorySize).toBe(Math.min(8 * 1024 ** 3, Math.floor(host.memorySize / 2 / mib(1)) * mib(1)));

      expect(mac.installation).toBe("required");
      expect(mac.standInNotice).toContain("never macOS");
      expect(await readFile(join(path, "STAND-IN.txt"), "utf8")).toContain("never macOS");
      expect(JSON.parse(await readFile(join(path, "machine.json"), "utf8")).standInNotice).toContain("never macOS");
      expect(await helper.bundles.get(path).inspect()).toMatchObject({
        bundle: { state: "inUse", installation: "required", standInNotice: expect.stringContaining("never macOS") },
        diskSize: 64 * 1024 ** 3,
      });
      expect(await failure(mac.start())).toMatchObject({ kind: "notInstalled" });
      expect(await mac.install({ path: ipsw })).toEqual({ version: "27.0", build: "26A5001z" });
      expect(mac.installation).toBe("complete");
      await mac.dispose();

      expect(await summary(path)).toMatchObject({
        state: "complete",
        installation: "complete",
        system: { version: "27.0", build: "26A5001z" },
      });
      await using again = await helper.machines.open(path);
      expect(again.installation).toBe("complete");
      await boot(again);
      expect(await runInGuest(again, "cat /proc/cmdline")).toContain("vzkit.standin=27.0,26A5001z");
      await again.requestStop({ stopAfter: 60 });
      expect(await again.waitUntilStopped()).toMatchObject({ reason: "request" });
    });

    it("has what it is told to instead of the usual devices", async () => {
      const restoreImage = ipsw;
      await using mac = await helper.machines.createMac(await place(), {
        restoreImage,
        ...small,
        cpuCount: 5,
        graphicsDevices: [],
        audioDevices: [],
        keyboards: [{ kind: "usb" }],
        directorySharingDevices: [],
        serialPorts: [{ kind: "virtioConsole", attachment: { kind: "stream" } }],
      });
      expect(mac.configuration).toMatchObject({
        cpuCount: 5,
        graphicsDevices: [],
        audioDevices: [],
        keyboards: [{ kind: "usb" }],
        directorySharingDevices: [],
        serialPorts: [{ attachment: { name: "serial0" } }],
        memorySize: mib(256),
      });
    });

    it("a system is not installed over, unless told to", async () => {
      await using mac = await makeMac();
      await mac.install(ipsw);
      const refusal = await failure(mac.install(ipsw));
      expect(refusal.kind).toBe("alreadyInstalled");
      expect(refusal.message).toContain("macOS 27.0 (26A5001z)");
      expect(mac.installation).toBe("complete");
      const older = await restoreImage("older.ipsw", { version: "26.1", build: "25B78" });
      expect(await mac.install(older, { overwrite: true })).toEqual({ version: "26.1", build: "25B78" });
      await boot(mac);
      expect(await runInGuest(mac, "cat /proc/cmdline")).toContain("vzkit.standin=26.1,25B78");
      await mac.stop();
    });

    it("what cannot be installed is refused before anything is made", async () => {
      const path = await place();
      const attempt = (more: object) =>
        failure(helper.machines.createMac(path, { restoreImage: ipsw, ...small, ...more }));
      const newer = await restoreImage("newer.ipsw", { version: "28.0" });
      expect(await attempt({ restoreImage: newer })).toMatchObject({ kind: "installationRequiresUpdate" });
      const needsNewerHost = await restoreImage("host.ipsw", { minimumHostVersion: "99.0" });
      expect(await attempt({ restoreImage: needsNewerHost })).toMatchObject({ kind: "installationRequiresUpdate" });
      const big = await restoreImage("big.ipsw", { minimumMemoryMiB: 512 });
      expect(await attempt({ restoreImage: big })).toMatchObject({ kind: "invalidConfiguration" });
      expect(await attempt({ cpuCount: 2 })).toMatchObject({ kind: "invalidConfiguration" });
      expect(await attempt({ diskSize: mib(8) })).toMatchObject({ kind: "outOfDiskSpace" });
      expect(await attempt({ diskSize: 1000 })).toMatchObject({ kind: "invalidParams", path: "params.diskSize" });
      const nowhere = await failure(
        helper.machines.createMac(join(root, "nowhere", "dev.vzkit"), { restoreImage: ipsw, ...small }),
      );
      expect(nowhere).toMatchObject({ kind: "fileNotFound", path: "params.path" });
      expect(await attempt({ restoreImage: join(root, "none.ipsw") })).toMatchObject({ kind: "fileNotFound" });
      const text = join(root, "text.ipsw");
      await writeFile(text, "not an archive");
      expect(await attempt({ restoreImage: text })).toMatchObject({ kind: "invalidRestoreImage" });
      const other = await restoreImage("other.ipsw", { deviceClass: "j313ap" });
      expect(await attempt({ restoreImage: other })).toMatchObject({ kind: "invalidRestoreImage" });
      const share = { kind: "single", directory: { path: join(root, "nowhere") } };
      const shares = [{ kind: "virtioFileSystem", tag: "work", share }];
      const missing = await attempt({ directorySharingDevices: shares });
      expect(missing).toMatchObject({
        kind: "fileNotFound",
        path: "params.directorySharingDevices[0].share.directory.path",
      });
      expect(missing.message).not.toContain("params.configuration");
      const disk = { kind: "virtioBlock", attachment: { kind: "diskImage", path: join(root, "nowhere") } };
      expect(await attempt({ storageDevices: [disk] })).toMatchObject({
        kind: "fileNotFound",
        path: "params.storageDevices[0].attachment.path",
      });
      expect(await readdir(join(path, ".."))).toEqual([]);
      await writeFile(path, "mine");
      expect(await attempt({})).toMatchObject({ kind: "fileExists" });
      expect(await readFile(path, "utf8")).toBe("mine");
    });

    it("is made with a warning for an image that is newer than the host by a minor version", async () => {
      await using older = await standIn({ VZKIT_STANDIN_HOST_VERSION: "26.5.2" });
      const warningsFor = async (version: string) => {
        const image = await restoreImage(`${version}.ipsw`, { version });
        const warnings: RestoreImagePreflightWarning[] = [];
        await using _ = await older.machines.createMac(await place(), {
          restoreImage: image,
          ...small,
          onWarning: (warning) => warnings.push(warning),
        });
        return warnings;
      };
      expect(await warningsFor("26.6")).toEqual([
        {
          kind: "newerMinorVersion",
          message: expect.stringMatching(/macOS 26\.6 .*macOS 26\.5\.2.*Update the host/),
        },
      ]);
      expect(await warningsFor("26.5.2")).toEqual([]);
    });

    it("a host without virtual Macs says so, and does not take the stand-in's bundle for one", async () => {
      const path = await place();
      await (await makeMac(helper, path)).dispose();
      await using plain = await standIn({ VZKIT_STANDIN_MAC: undefined });
      expect(await failure(plain.machines.open(path))).toMatchObject({ kind: "notSupported" });
      const { bundle } = await plain.bundles.get(path).inspect();
      expect(bundle).toMatchObject({ state: "complete", standInNotice: expect.stringContaining("never macOS") });
      const refusal = await failure(plain.machines.createMac(await place(), { restoreImage: ipsw, ...small }));
      expect(refusal.kind).toBe("notSupported");
      expect(refusal.message).toContain("Apple silicon");
    });

    it("an installation that fails or is cut off marks the bundle, which is then installed anew", async () => {
      const path = await place();
      await using failing = await standIn({ VZKIT_STANDIN_FAIL: "install:0.4" });
      {
        await using mac = await makeMac(failing, path);
        expect(await failure(mac.install(join(root, "missing.ipsw")))).toMatchObject({ kind: "fileNotFound" });
        expect(await summary(path)).toMatchObject({ installation: "required" });
        expect(await failure(mac.install(ipsw))).toMatchObject({ kind: "installationFailed" });
        expect(mac.installation).toBe("interrupted");
        expect(await failure(mac.start())).toMatchObject({ kind: "notInstalled" });
      }
      expect(await summary(path)).toMatchObject({ state: "complete", installation: "interrupted" });
      const cut = await restoreImage("cut.ipsw");
      await truncate(cut, 100_000);
      await using mac = await helper.machines.open(path);
      expect(mac.installation).toBe("interrupted");
      expect(await failure(mac.install(cut))).toMatchObject({ kind: "invalidRestoreImage" });
      await mac.install(ipsw);
      await boot(mac);
      await mac.stop();
    });

    it("SIGKILL of the helper during an installation: the second run completes", async () => {
      const path = await place();
      const dying = await standIn({ VZKIT_STANDIN_FAIL: "stall:0.5" });
      const mac = await makeMac(dying, path);
      const installation = mac.install(ipsw, {
        onProgress: ({ fraction }) => {
          if (fraction >= 0.4) process.kill(dying.info.helper.processIdentifier, "SIGKILL");
        },
      });
      await expect(installation).rejects.toBeInstanceOf(HelperExitError);
      await dying.close();
      expect(await summary(path)).toMatchObject({ state: "complete", installation: "interrupted" });
      await using again = await helper.machines.open(path);
      expect(await failure(again.start())).toMatchObject({ kind: "notInstalled" });
      await again.install(ipsw);
      await boot(again);
      await again.stop();
    });

    it("SIGKILL of the helper at any moment of createMac leaves what the next call finishes", async () => {
      const path = await place();
      const folder = join(path, "..");
      for (let round = 0; round < 12; round++) {
        const victim = await standIn();
        const call = makeMac(victim, path);
        const timer = setTimeout(() => process.kill(victim.info.helper.processIdentifier, "SIGKILL"), round * 3);
        await call.catch(() => undefined);
        clearTimeout(timer);
        await victim[Symbol.asyncDispose]();
        const states = (await helper.bundles.list(folder)).map(({ state }) => state);
        expect(["", "incomplete", "complete"]).toContain(states.join());
        if (states[0] === "complete") await helper.bundles.get(path).delete();
      }
      // What the unluckiest moment leaves.
      await mkdir(join(folder, ".dev.vzkit.creating"), { recursive: true });
      await writeFile(join(folder, ".dev.vzkit.creating", "auxiliary-storage"), "half");
      expect(await summary(path)).toMatchObject({ state: "incomplete" });
      await (await makeMac(helper, path)).dispose();
      expect(await readdir(folder)).toEqual(["dev.vzkit"]);
      expect((await readdir(path)).sort()).toEqual(["STAND-IN.txt", "auxiliary-storage", "disk.img", "machine.json"]);
    });

    it("starts with folders by name and a window, or not at all and says why", async () => {
      const path = await place();
      await using mac = await makeMac(helper, path);
      await mac.install(ipsw);
      const share = { "My Project": root, notes: { path: join(path, ".."), isReadOnly: true } };
      const before = await mac.shares.list();
      const none = await failure(mac.start({ share: { gone: join(root, "nowhere") } }));
      expect(none.kind).toBe("fileNotFound");
      const refusal = await failure(mac.start({ window: true, share }));
      expect(refusal).toMatchObject({ kind: "notSupported", method: "machine.start" });
      expect(await mac.state()).toMatchObject({ state: "stopped" });
      // A start that fails changes nothing.
      expect(await mac.shares.list()).toEqual(before);

      const { noWindowReason } = await boot(mac, { window: { title: "Mac", isRequired: false }, share });
      expect(noWindowReason).toBe(refusal.message);
      expect(mac.displays.window).toBeUndefined();
      expect(await runInGuest(mac, "ls '/Volumes/My Shared Files'")).toBe("My Project\nnotes");
      await runInGuest(mac, "echo from inside >'/Volumes/My Shared Files/My Project/written'; sync");
      expect(await readFile(join(root, "written"), "utf8")).toBe("from inside\n");
      expect(await runInGuest(mac, "touch '/Volumes/My Shared Files/notes/x' 2>&1")).toContain("Read-only");
      await mac.stop();
    });

    it("a volume without room is found out before anything is made or written", async (context) => {
      const small = join(await place(), "..", "small");
      await mkdir(small);
      const { exitCode } = await execa("mount", ["-t", "tmpfs", "-o", "size=48m", "none", small], { reject: false });
      if (exitCode !== 0) return context.skip("mounting a small file system needs root");
      try {
        const path = join(small, "dev.vzkit");
        await using mac = await makeMac(helper, path);
        await writeFile(join(small, "filler"), Buffer.alloc(mib(40)));
        const full = await failure(mac.install(ipsw));
        expect(full.kind).toBe("outOfDiskSpace");
        expect(full.message).toContain(small);
        expect(await summary(path)).toMatchObject({ installation: "required" });
        expect(await failure(makeMac(helper, join(small, "other.vzkit")))).toMatchObject({ kind: "outOfDiskSpace" });
        expect((await readdir(small)).sort()).toEqual(["dev.vzkit", "filler"]);
        await rm(join(small, "filler"));
        await mac.install(ipsw);
        await mac.dispose();
      } finally {
        await execa("umount", [small]);
      }
    });

    it("the password of the first user is written nowhere", async () => {
      const path = await place();
      const log: string[] = [];
      await using own = await launchHelper({
        env: { VZKIT_STANDIN_MAC: "1", VZKIT_LOG: "debug" },
        stderr: (line) => log.push(line),
      });
      await using mac = await makeMac(own, path);
      await mac.install(ipsw);
      const password = `never-${Math.random().toString(36).slice(2)}-written`;
      await boot(mac, { guestProvisioning: { fullName: "Ada Lovelace", username: "ada", password } });
      expect(await runInGuest(mac, "cat /proc/cmdline")).toContain("vzkit.user=ada");
      expect(await runInGuest(mac, `grep -c ${password.slice(0, 8)} /proc/cmdline`)).toBe("0");
      const { hypervisorProcessIdentifier } = await mac.state({ live: true });
      expect(await readFile(`/proc/${hypervisorProcessIdentifier}/cmdline`, "utf8")).not.toContain(password);
      await mac.stop();
      const found = await execa("grep", ["-r", "-l", "-a", password, join(path, "..")], { reject: false });
      expect(found).toMatchObject({ exitCode: 1, stdout: "" });
      expect(log.join("\n")).not.toContain(password);
    });

    it("a clone of an installed Mac is one of its own, and starts without being installed", async () => {
      const path = await place();
      const mac = await makeMac(helper, path);
      await mac.install(ipsw);
      await mac.dispose();
      const { path: copy } = await helper.bundles.get(path).clone(join(path, "..", "copy.vzkit"));
      expect(await summary(copy)).toMatchObject({ installation: "complete", standInNotice: expect.any(String) });
      await using clone = await helper.machines.open(copy);
      const identifier = (machine: Machine) => {
        const platform = machine.configuration?.platform;
        return platform?.kind === "mac" ? platform.machineIdentifier : undefined;
      };
      expect(identifier(clone)).toEqual(expect.any(String));
      expect(identifier(clone)).not.toBe(identifier(mac));
      await boot(clone);
      await clone.stop();
    });
  },
);
