import { mkdtemp, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRestoreImage, type RestoreImageOptions } from "../../scripts/restoreImage/make.js";
import { type Helper, launchHelper, type MachineConfiguration, mib, RequestError } from "../../src/index.js";
import { guest } from "../helpers/guest.js";

// A Mac has the real thing instead.
describe.skipIf(process.platform === "darwin")("what a virtual Mac is made of, gone wrong (stand-in)", () => {
  let folder: string;
  let helper: Helper;
  let ipsw: string;
  let hardwareModel: string;
  let auxiliaryStoragePath: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vzkit-mac-faults-"));
    helper = await launchHelper({ env: { VZKIT_STANDIN_MAC: "1" } });
    ipsw = await restoreImage("good.ipsw");
    hardwareModel = await modelOf(ipsw);
    const path = join(folder, "auxiliary-storage");
    auxiliaryStoragePath = await helper.macs.createAuxiliaryStorage(path, { hardwareModel });
  });
  afterAll(async () => {
    await helper?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function restoreImage(name: string, more: Partial<RestoreImageOptions> = {}): Promise<string> {
    const path = join(folder, name);
    await makeRestoreImage({ path, kernel: guest.kernel, initialRamdisk: guest.initrd, ...more });
    return path;
  }

  const modelOf = async (image: string): Promise<string> =>
    (await helper.restoreImages.load(image)).requirements?.hardwareModel ?? "";

  const mac = (more: { [key: string]: string } = {}, disk?: string): MachineConfiguration => ({
    cpuCount: 4,
    memorySize: mib(256),
    platform: { kind: "mac", hardwareModel, auxiliaryStoragePath, ...more },
    bootLoader: { kind: "macOS" },
    storageDevices: disk ? [{ kind: "virtioBlock", attachment: { kind: "diskImage", path: disk } }] : [],
  });

  const outcome = (configuration: MachineConfiguration): Promise<string> =>
    helper.machines.validate(configuration).then(
      () => "valid",
      (error: unknown) => (error instanceof RequestError ? error.kind : String(error)),
    );

  it("a good one is valid, so that the others fail for what is wrong with them", async () => {
    expect(await outcome(mac())).toBe("valid");
    expect(await outcome(mac({ machineIdentifier: await helper.macs.createMachineIdentifier() }))).toBe("valid");
  });

  it("a wrong byte of a hardware model is refused, or makes it another model than the auxiliary storage's", async () => {
    const data = Buffer.from(hardwareModel, "base64");
    let refused = 0;
    for (let at = 0; at < data.length; at++) {
      for (const bits of [0x01, 0x80, 0xff]) {
        const changed = Buffer.from(data);
        changed[at] = (changed[at] ?? 0) ^ bits;
        const kind = await outcome(mac({ hardwareModel: changed.toString("base64") }));
        // Some bytes of the format say nothing.
        expect(["valid", "invalidParams", "invalidConfiguration", "notSupported"]).toContain(kind);
        if (kind !== "valid") refused++;
      }
      expect(await outcome(mac({ hardwareModel: data.subarray(0, at).toString("base64") }))).toBe("invalidParams");
    }
    expect(refused).toBeGreaterThan(2 * data.length);
  });

  it("a byte of a machine identifier makes it another one or none at all", async () => {
    const data = Buffer.from(await helper.macs.createMachineIdentifier(), "base64");
    let refused = 0;
    for (let at = 0; at < data.length; at++) {
      for (const bits of [0x01, 0x80, 0xff]) {
        const changed = Buffer.from(data);
        changed[at] = (changed[at] ?? 0) ^ bits;
        const kind = await outcome(mac({ machineIdentifier: changed.toString("base64") }));
        expect(["valid", "invalidParams"], `byte ${at} ^ ${bits}`).toContain(kind);
        if (kind === "invalidParams") refused++;
      }
      expect(await outcome(mac({ machineIdentifier: data.subarray(0, at).toString("base64") }))).toBe("invalidParams");
    }
    expect(refused).toBeGreaterThan(data.length);
  });

  it("an auxiliary storage of another model, cut short or of something else is refused by name", async () => {
    const other = await modelOf(await restoreImage("other.ipsw", { minimumHostVersion: "14.0.0" }));
    expect(other).not.toBe(hardwareModel);
    const path = join(folder, "other-storage");
    const foreign = await helper.macs.createAuxiliaryStorage(path, { hardwareModel: other });
    const refusal = { kind: "invalidConfiguration", message: expect.stringContaining(path) };
    await expect(helper.machines.validate(mac({ auxiliaryStoragePath: foreign }))).rejects.toMatchObject({
      ...refusal,
      message: expect.stringMatching(/another hardware model/),
    });
    await truncate(path, 70);
    await expect(helper.machines.validate(mac({ auxiliaryStoragePath: path }))).rejects.toMatchObject(refusal);
  });

  it("a disk that is too small is found out before anything is written to it", async () => {
    const disk = await helper.disks.create(join(folder, "small.img"), { size: mib(8) });
    await using machine = await helper.machines.create(mac({}, disk.path));
    await expect(machine.install(ipsw)).rejects.toMatchObject({
      kind: "outOfDiskSpace",
      message: expect.stringContaining("disk"),
    });
    expect(await machine.state()).toMatchObject({ state: "stopped" });
    await using none = await helper.machines.create(mac());
    await expect(none.install(ipsw)).rejects.toMatchObject({
      kind: "installationFailed",
      message: expect.stringContaining("disk"),
    });
  });
});
