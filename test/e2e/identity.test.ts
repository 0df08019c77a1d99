import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRestoreImage } from "../../scripts/restoreImage/make.js";
import { type Helper, launchHelper, type Machine, type MachineConfiguration, mib } from "../../src/index.js";
import { BundleFolder, nat } from "../helpers/bundles.js";
import { guest, linuxGuest } from "../helpers/guest.js";
import { gone } from "../helpers/processes.js";
import { separateCache } from "../helpers/separateCache.js";

const macAddresses = (configuration: MachineConfiguration | undefined) =>
  configuration?.networkDevices?.map((device) => device.macAddress);

describe("the identity of a machine", () => {
  let helper: Helper;
  let other: Helper;
  beforeAll(async () => {
    [helper, other] = [await launchHelper(), await launchHelper()];
  });
  afterAll(async () => {
    await helper[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
  });

  const pid = (of: Helper) => of.info.helper.processIdentifier;

  /** A bundle `dev`, and `copy` as a person copies a folder. */
  async function copied(folder: BundleFolder): Promise<[string, string]> {
    const configuration = linuxGuest(nat);
    await helper.bundles.create(folder.bundle(), { configuration, diskSize: mib(16) });
    await cp(folder.bundle(), folder.bundle("copy"), { recursive: true });
    return [folder.bundle(), folder.bundle("copy")];
  }

  /** Refused by naming the machine that has it, where it runs and how to go on. */
  async function expectRefused(machine: Machine, of: Helper, ...words: string[]): Promise<void> {
    const error: unknown = await machine.start().then(
      () => "it was allowed",
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ kind: "identityInUse" });
    for (const word of [...words, `process id ${pid(of)}`, "allowDuplicateIdentity"])
      expect(String(error)).toContain(word);
    expect((await machine.state()).state).toBe("stopped");
  }

  it("is one running machine's at a time, in one helper and across helpers", async () => {
    await using folder = await BundleFolder.make();
    const [dev, copy] = await copied(folder);
    await using original = await helper.machines.open(dev);
    await original.start();
    for (const starter of [helper, other]) {
      await using machine = await starter.machines.open(copy);
      await expectRefused(machine, helper, '"dev"', dev, "machine identifier", "bundle.renewIdentity");
    }
    expect((await other.bundles.get(copy).inspect()).identityHolders).toEqual([
      { machine: original.handle, name: "dev", processIdentifier: pid(helper), bundle: dev },
    ]);
    expect(await other.bundles.get(dev).inspect()).not.toHaveProperty("identityHolders");
    await original.stop();
    expect(await other.bundles.get(copy).inspect()).not.toHaveProperty("identityHolders");
    await using machine = await other.machines.open(copy);
    await machine.start();
    await expectRefused(original, other, '"copy"', copy);
  });

  it("may be two machines' on request, and is then free only when both have stopped", async () => {
    await using folder = await BundleFolder.make();
    const [dev, copy] = await copied(folder);
    await using original = await helper.machines.open(dev);
    await using second = await other.machines.open(copy);
    await original.start();
    await second.start({ allowDuplicateIdentity: true });
    await original.stop();
    await expectRefused(original, other, '"copy"', copy);
    await second.stop();
    await original.start();
  });

  it("is renewed in one call, after which both run", async () => {
    await using folder = await BundleFolder.make();
    const [dev, copy] = await copied(folder);
    await using original = await helper.machines.open(dev);
    await original.start();
    const busy = await other.machines.open(copy);
    await expect(helper.bundles.get(copy).renewIdentity()).rejects.toMatchObject({ kind: "inUse" });
    await busy.dispose();
    const renewed = await helper.bundles.get(copy).renewIdentity();
    expect(renewed.platform).not.toEqual(original.configuration?.platform);
    expect(macAddresses(renewed)).not.toEqual(macAddresses(original.configuration));
    const { configuration, bundle, identityHolders } = await helper.bundles.get(copy).inspect();
    expect(configuration).toEqual(renewed);
    expect(bundle.state).toBe("complete");
    expect(identityHolders).toBeUndefined();
    await using second = await other.machines.open(copy);
    await second.start();
    expect((await original.state()).state).toBe("running");
  });

  it("is free again when the helper that had it is killed", async () => {
    await using folder = await BundleFolder.make();
    const [dev, copy] = await copied(folder);
    const victim = await launchHelper();
    await (await victim.machines.open(dev)).start();
    await using machine = await helper.machines.open(copy);
    await expectRefused(machine, victim, '"dev"');
    process.kill(pid(victim), "SIGKILL");
    await victim[Symbol.asyncDispose]();
    await gone(pid(victim));
    await machine.start();
  });

  it("counts for machines without a bundle too, their MAC addresses by themselves", async () => {
    const macAddress = "02:76:7a:6b:69:74";
    const configuration = linuxGuest({
      networkDevices: [{ kind: "virtio", macAddress: macAddress.toUpperCase(), attachment: { kind: "nat" } }],
    });
    await using first = await helper.machines.create(configuration, { name: "first" });
    await using second = await other.machines.create(configuration);
    await first.start();
    await expectRefused(second, helper, '"first"', `MAC address ${macAddress}`, "out of its configuration");
    await first.stop();
    await second.start();
  });

  it("is a clone's own", async () => {
    await using folder = await BundleFolder.make();
    const [dev] = await copied(folder);
    await helper.bundles.get(dev).clone(folder.bundle("clone"));
    await using original = await helper.machines.open(dev);
    await using clone = await other.machines.open(folder.bundle("clone"));
    await original.start();
    await clone.start();
  });
});

// On a Mac these are real machines, which take an installation of macOS each.
describe.skipIf(process.platform === "darwin")("the identity of a virtual Mac (stand-in, Linux hosts only)", () => {
  it("is one running machine's at a time, also while macOS is installed", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "vzkit-identity-"));
    await using helper = await launchHelper({ env: { ...(await separateCache(folder)), VZKIT_STANDIN_MAC: "1" } });
    try {
      const restoreImage = path.join(folder, "image.ipsw");
      await makeRestoreImage({ path: restoreImage, kernel: guest.kernel, initialRamdisk: guest.initrd });
      const params = { path: path.join(folder, "mac.vzkit"), restoreImage, memorySize: mib(256), diskSize: mib(256) };
      await using original = await helper.machines.createMac(params.path, params);
      await original.install(restoreImage);
      const copy = path.join(folder, "copy.vzkit");
      await cp(params.path, copy, { recursive: true });
      await original.start();
      const refused = { kind: "identityInUse", message: expect.stringContaining('"mac"') };
      await using machine = await helper.machines.open(copy);
      await expect(machine.start()).rejects.toMatchObject(refused);
      await expect(machine.install(restoreImage, { overwrite: true })).rejects.toMatchObject(refused);
      // The refusal comes before the disk is touched.
      expect((await helper.bundles.get(copy).inspect()).bundle.installation).toBe("complete");
      await machine.dispose();
      await helper.bundles.get(copy).renewIdentity();
      await using renewed = await helper.machines.open(copy);
      await renewed.start();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
