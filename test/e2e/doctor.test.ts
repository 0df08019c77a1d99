import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRestoreImage } from "../../scripts/restoreImage/make.js";
import {
  type Helper,
  type HostDiagnoseResult,
  launchHelper,
  type Machine,
  mib,
  type RequestError,
} from "../../src/index.js";
import { guest } from "../helpers/guest.js";
import { gone } from "../helpers/processes.js";
import { separateCache } from "../helpers/separateCache.js";

// On a Mac these are real machines, which take an installation of macOS each.
describe.skipIf(process.platform === "darwin")("host.diagnose and virtual Macs (stand-in, Linux hosts only)", () => {
  let folder: string;
  let cache: { XDG_CACHE_HOME: string };
  let ipsw: string;
  let hardwareModel: string;
  let observer: Helper;

  const standIn = () => launchHelper({ env: { ...cache, VZKIT_STANDIN_MAC: "1" } });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vzkit-doctor-"));
    cache = await separateCache(folder);
    ipsw = join(folder, "good.ipsw");
    await makeRestoreImage({ path: ipsw, kernel: guest.kernel, initialRamdisk: guest.initrd });
    observer = await standIn();
    hardwareModel = (await observer.restoreImages.load(ipsw)).requirements?.hardwareModel ?? "";
  });
  afterAll(async () => {
    await observer?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  /** A virtual Mac with the system on its disk. */
  async function installed(of: Helper, name: string): Promise<Machine> {
    const disk = await of.disks.create(join(folder, `${name}.img`), { size: mib(256) });
    const path = join(folder, `${name}.aux`);
    const auxiliaryStoragePath = await of.macs.createAuxiliaryStorage(path, { hardwareModel });
    const machine = await of.machines.create(
      {
        cpuCount: 4,
        memorySize: mib(256),
        platform: { kind: "mac", hardwareModel, auxiliaryStoragePath },
        bootLoader: { kind: "macOS" },
        storageDevices: [{ kind: "virtioBlock", attachment: { kind: "diskImage", path: disk.path } }],
        graphicsDevices: [{ kind: "mac", displays: [{ widthInPixels: 1280, heightInPixels: 800 }] }],
      },
      { name },
    );
    await machine.install(ipsw);
    return machine;
  }

  const finding = ({ facts }: HostDiagnoseResult) => facts.find(({ id }) => id === "virtualMacs");

  it("counts those of all helpers, and forgets a helper that was killed", async () => {
    const other = await standIn();
    const pid = other.info.helper.processIdentifier;
    const running = async () => (await observer.host.diagnose({ folder })).runningMacs;
    try {
      const mac = await installed(other, "counted mac");
      const entry = { machine: mac.handle, name: "counted mac", processIdentifier: pid };
      expect(await running()).toEqual([]);
      await mac.start();
      const seen = await observer.host.diagnose();
      expect(seen.runningMacs).toEqual([entry]);
      expect(finding(seen)?.finding).toContain(`helper with process id ${pid}`);
      await mac.stop();
      expect(await running()).toEqual([]);
      await mac.start();
      expect(await running()).toEqual([entry]);
    } finally {
      process.kill(pid, "SIGKILL");
      await other.close();
    }
    await gone(pid);
    expect(await running()).toEqual([]);
  });

  it("names those of another helper when there is no room for one more", async () => {
    await using other = await standIn();
    await using one = await installed(other, "first");
    await using two = await installed(other, "second");
    await using three = await installed(observer, "third");
    await one.start();
    await two.start();
    const full = finding(await observer.host.diagnose());
    expect(full).toMatchObject({ status: "warning", remedy: expect.stringContaining("Stop one") });
    const refusal = await three.start().then(
      () => expect.unreachable("should have failed"),
      (error: unknown) => error as RequestError,
    );
    expect(refusal.kind).toBe("virtualMachineLimitExceeded");
    const { message } = refusal;
    const pid = other.info.helper.processIdentifier;
    expect(message).toContain(`"first" (${one.handle} of the helper with process id ${pid})`);
    expect(message).toContain(`"second" (${two.handle}`);
    expect(message).not.toContain("third");
    await one.stop();
    await three.start();
  });
});
