import { mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Helper, launchHelper, type MachineConfiguration, mib } from "../../src/index.js";
import { BundleFolder, nat } from "../helpers/bundles.js";
import { guest, linuxGuest } from "../helpers/guest.js";

describe("a bundle's configuration", () => {
  let helper: Helper;
  beforeAll(async () => {
    helper = await launchHelper();
  });
  afterAll(() => helper[Symbol.asyncDispose]());

  const make = async (folder: BundleFolder, configuration: MachineConfiguration): Promise<string> =>
    (await helper.bundles.create(folder.bundle(), { configuration, diskSize: mib(16) })).path;

  const configurationOf = async (bundle: string): Promise<MachineConfiguration> => {
    const { configuration } = await helper.bundles.get(bundle).inspect();
    if (configuration === undefined) throw new Error(`${bundle} has no configuration.`);
    return configuration;
  };

  /** Links to a kernel and a folder on a "drive", with a machine that uses them. */
  async function onDrive(folder: BundleFolder): Promise<{ drive: string; configuration: MachineConfiguration }> {
    const drive = path.join(folder.path, "drive");
    await mkdir(path.join(drive, "shared"), { recursive: true });
    await symlink(guest.kernel, path.join(drive, "vmlinuz"));
    const configuration = linuxGuest({
      ...nat,
      bootLoader: { kind: "linux", kernelPath: path.join(drive, "vmlinuz"), initialRamdiskPath: guest.initrd },
      directorySharingDevices: [
        {
          kind: "virtioFileSystem",
          tag: "work",
          share: { kind: "multiple", directories: { "my work": { path: path.join(drive, "shared") } } },
        },
      ],
    });
    return { drive, configuration };
  }

  it("names what is missing, and is given another kernel and share", async () => {
    await using folder = await BundleFolder.make();
    const { drive, configuration } = await onDrive(folder);
    const bundle = await make(folder, configuration);
    expect((await helper.bundles.get(bundle).inspect()).bundle).toMatchObject({ state: "complete" });
    await rename(drive, `${drive}.away`);

    const missing = [
      { field: "configuration.bootLoader.kernelPath", path: path.join(drive, "vmlinuz") },
      {
        field: 'configuration.directorySharingDevices[0].share.directories["my work"].path',
        path: path.join(drive, "shared"),
      },
    ].map((each) => ({ ...each, reason: expect.stringMatching(/no such file/i) }));
    const [listed] = await helper.bundles.list(folder.path);
    expect(listed).toMatchObject({ state: "missingFiles", missing });
    for (const word of [path.join(drive, "vmlinuz"), path.join(drive, "shared"), "bundle.update"])
      expect(listed?.reason).toContain(word);
    await expect(helper.machines.open(bundle)).rejects.toMatchObject({
      kind: "fileNotFound",
      message: expect.stringContaining(path.join(drive, "vmlinuz")),
      hint: expect.stringContaining("bundle.update"),
    });

    const before = await configurationOf(bundle);
    const stored = await helper.bundles.get(bundle).update(linuxGuest({ ...nat, cpuCount: 1 }));
    // The guest and its network see the same machine.
    expect(stored.platform).toEqual(before.platform);
    expect(stored.networkDevices).toEqual(before.networkDevices);
    expect(stored.cpuCount).toBe(1);
    const { bundle: summary, configuration: after } = await helper.bundles.get(bundle).inspect();
    expect(after).toEqual(stored);
    expect(summary).toMatchObject({ state: "complete" });
    expect(summary).not.toHaveProperty("missing");
    await using machine = await helper.machines.open(bundle);
    await machine.start();
  });

  it("is replaced whole, and takes another identity when it names one", async () => {
    await using folder = await BundleFolder.make();
    const bundle = await make(folder, linuxGuest(nat));
    const { storageDevices, networkDevices, ...rest } = await configurationOf(bundle);
    const macAddress = "02:76:7a:6b:69:75";
    const second = { kind: "virtio", attachment: { kind: "nat" } } as const;
    const stored = await helper.bundles.get(bundle).update({
      ...rest,
      networkDevices: [{ kind: "virtio", macAddress, attachment: { kind: "nat" } }, second],
    });
    expect(stored).not.toHaveProperty("storageDevices");
    expect(stored.networkDevices).toMatchObject([{ macAddress }, { macAddress: expect.stringMatching(/^..:/) }]);
    // The disk stays, and can be taken back by its path in the bundle.
    const again = await helper.bundles.get(bundle).update({ ...stored, ...(storageDevices && { storageDevices }) });
    expect(again.networkDevices).toEqual(stored.networkDevices);
    expect(again.storageDevices).toEqual(storageDevices);
    // Its path is stored relative to the bundle.
    await helper.bundles.get(bundle).rename("renamed");
    await using machine = await helper.machines.open(folder.bundle("renamed"));
    await machine.start();
  });

  it("stays as it was when the new one is refused", async () => {
    await using folder = await BundleFolder.make();
    const bundle = await make(folder, linuxGuest(nat));
    const document = path.join(bundle, "machine.json");
    const before = await readFile(document);
    const wrong: [Partial<MachineConfiguration>, object][] = [
      [{ cpuCount: 4096 }, { kind: "invalidConfiguration" }],
      [
        { bootLoader: { kind: "linux", kernelPath: "/nowhere/vmlinuz" } },
        { kind: "fileNotFound", path: "params.configuration.bootLoader.kernelPath" },
      ],
    ];
    for (const [change, error] of wrong)
      await expect(helper.bundles.get(bundle).update(linuxGuest(change))).rejects.toMatchObject(error);
    const machine = await helper.machines.open(bundle, { name: "busy" });
    await expect(helper.bundles.get(bundle).update(linuxGuest())).rejects.toMatchObject({
      kind: "inUse",
      message: expect.stringContaining("busy"),
    });
    await machine.dispose();
    expect(await readFile(document)).toEqual(before);
    const newer = JSON.stringify({ ...JSON.parse(before.toString()), version: 99 });
    await writeFile(document, newer);
    await expect(helper.bundles.get(bundle).update(linuxGuest())).rejects.toMatchObject({ kind: "bundleTooNew" });
    expect(await readFile(document, "utf8")).toBe(newer);
    await expect(helper.bundles.get(folder.bundle("none")).update(linuxGuest())).rejects.toMatchObject({
      kind: "fileNotFound",
    });
  });

  it("can do without a disk that is lost", async () => {
    await using folder = await BundleFolder.make();
    const bundle = await make(folder, linuxGuest());
    const disk = path.join(bundle, "disk.img");
    await rm(disk);
    expect((await helper.bundles.get(bundle).inspect()).bundle).toMatchObject({
      state: "incomplete",
      reason: expect.stringMatching(/lost disk\.img.*bundle\.update/),
      missing: [{ field: "configuration.storageDevices[0].attachment.path", path: disk }],
    });
    await helper.bundles.get(bundle).update(linuxGuest());
    await using machine = await helper.machines.open(bundle);
    await machine.start();
  });
});
