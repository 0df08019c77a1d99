import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Helper, launchHelper, type MachineConfiguration } from "../../src/index.js";
import { guest, linuxGuest } from "../helpers/guest.js";

interface Case {
  what: string;
  configuration(): unknown;
  kind: string;
  /** What the message must name. */
  names: RegExp;
}

describe("a configuration that cannot work is refused with its reason", () => {
  let helper: Helper;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vzkit-bad-"));
    await writeFile(path.join(folder, "odd.img"), Buffer.alloc(513));
    await writeFile(path.join(folder, "empty.img"), "");
    await mkdir(path.join(folder, "folder"));
    helper = await launchHelper();
  });
  afterAll(async () => {
    await helper[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const boot = (more: object) => ({
    bootLoader: { kind: "linux", kernelPath: guest.kernel, ...more },
  });
  const disk = (name: string, more = {}) => ({
    storageDevices: [
      { kind: "virtioBlock", attachment: { kind: "diskImage", path: path.join(folder, name) }, ...more },
    ],
  });
  const share = (tag: string, directory: string) => ({
    directorySharingDevices: [
      { kind: "virtioFileSystem", tag, share: { kind: "single", directory: { path: directory } } },
    ],
  });
  const altered = (more: object) => () => ({ ...linuxGuest(), ...more });

  const cases: Case[] = [
    { what: "no CPU", configuration: altered({ cpuCount: 0 }), kind: "invalidConfiguration", names: /cpuCount.*0/i },
    {
      what: "1,000 CPUs",
      configuration: altered({ cpuCount: 1000 }),
      kind: "invalidConfiguration",
      names: /cpuCount.*1000/i,
    },
    {
      what: "memory of 1 MiB and 1 byte",
      configuration: altered({ memorySize: 256 * 1024 * 1024 + 1 }),
      kind: "invalidConfiguration",
      names: /memorySize.*1 MiB/i,
    },
    {
      what: "too much memory",
      configuration: altered({ memorySize: 2 ** 50 }),
      kind: "invalidConfiguration",
      names: /memorySize/i,
    },
    {
      what: "a missing kernel",
      configuration: altered(boot({ kernelPath: "/nowhere/vmlinuz" })),
      kind: "fileNotFound",
      names: /\/nowhere\/vmlinuz/,
    },
    {
      what: "a missing RAM disk",
      configuration: altered(boot({ initialRamdiskPath: "/nowhere/initrd" })),
      kind: "fileNotFound",
      names: /\/nowhere\/initrd/,
    },
    {
      what: "a missing disk",
      configuration: () => ({ ...linuxGuest(), ...disk("missing.img") }),
      kind: "fileNotFound",
      names: /missing\.img/,
    },
    {
      what: "a disk of 513 bytes",
      configuration: () => ({ ...linuxGuest(), ...disk("odd.img") }),
      kind: "invalidDiskImage",
      names: /odd\.img.*513|513.*odd\.img/,
    },
    {
      what: "an empty disk",
      configuration: () => ({ ...linuxGuest(), ...disk("empty.img") }),
      kind: "invalidDiskImage",
      names: /empty\.img/,
    },
    {
      what: "a folder as a disk",
      configuration: () => ({ ...linuxGuest(), ...disk("folder") }),
      kind: "invalidDiskImage",
      names: /folder/,
    },
    {
      what: "a block device identifier of 21 bytes",
      configuration: () => ({ ...linuxGuest(), ...disk("odd.img", { blockDeviceIdentifier: "x".repeat(21) }) }),
      kind: "invalid",
      names: /identifier|odd\.img/i,
    },
    {
      what: "a tag of 36 bytes",
      configuration: () => ({ ...linuxGuest(), ...share("t".repeat(36), folder) }),
      kind: "invalidConfiguration",
      names: /tag/i,
    },
    {
      what: "an empty tag",
      configuration: () => ({ ...linuxGuest(), ...share("", folder) }),
      kind: "invalidConfiguration",
      names: /tag/i,
    },
    {
      what: "a missing shared folder",
      configuration: () => ({ ...linuxGuest(), ...share("tag", "/nowhere/folder") }),
      kind: "fileNotFound",
      names: /\/nowhere\/folder/,
    },
    {
      what: "two socket devices",
      configuration: altered({ socketDevices: [{ kind: "virtio" }, { kind: "virtio" }] }),
      kind: "invalidConfiguration",
      names: /socket/i,
    },
    {
      what: "two balloons",
      configuration: altered({ memoryBalloonDevices: [{ kind: "virtioTraditional" }, { kind: "virtioTraditional" }] }),
      kind: "invalidConfiguration",
      names: /balloon/i,
    },
    {
      what: "a MAC address that is none",
      configuration: altered({
        networkDevices: [{ kind: "virtio", macAddress: "52:54", attachment: { kind: "nat" } }],
      }),
      kind: "invalid",
      names: /macAddress.*52:54|52:54/,
    },
    {
      what: "a machine identifier of other bytes",
      configuration: altered({ platform: { kind: "generic", machineIdentifier: "AAAA" } }),
      kind: "invalid",
      names: /machineIdentifier/,
    },
    {
      what: "two streams of one name",
      configuration: altered({
        serialPorts: [0, 1].map(() => ({ kind: "virtioConsole", attachment: { kind: "stream", name: "twin" } })),
      }),
      kind: "invalid",
      names: /twin/,
    },
    {
      what: "a relative path",
      configuration: altered(boot({ kernelPath: "vmlinuz" })),
      kind: "invalid",
      names: /absolute/i,
    },
  ];

  it.each(cases)("$what", async ({ configuration, kind, names }) => {
    // Past the client's own check, as a client in another language would send it.
    const request = helper.requestUnchecked("machine.validate", {
      configuration: configuration() as MachineConfiguration,
    });
    const error = (await request.then(
      () => undefined,
      (reason: unknown) => reason,
    )) as { kind: string; message: string; hint?: string } | undefined;
    expect(error?.kind).toMatch(new RegExp(`^${kind}`));
    expect(error?.message).toMatch(names);
  });

  it("names the path of a wrong type deep inside, in client and helper", async () => {
    const configuration = {
      ...linuxGuest(),
      storageDevices: [{ kind: "virtioBlock", attachment: { kind: "diskImage", path: 7 } }],
    };
    const params = { configuration } as unknown as { configuration: MachineConfiguration };
    const where = /configuration\.storageDevices\[0\]\.attachment\.path/;
    await expect(helper.request("machine.validate", params)).rejects.toThrow(where);
    await expect(helper.requestUnchecked("machine.validate", params)).rejects.toMatchObject({
      kind: "invalidParams",
      path: expect.stringMatching(where),
    });
  });

  it("refuses an unknown key by name, in client and helper", async () => {
    const params = { configuration: { ...linuxGuest(), cpus: 2 } } as unknown as {
      configuration: MachineConfiguration;
    };
    await expect(helper.request("machine.validate", params)).rejects.toThrow(/cpus/);
    await expect(helper.requestUnchecked("machine.validate", params)).rejects.toThrow(/cpus/);
  });

  it("refuses an unknown variant and lists the known ones", async () => {
    const params = { configuration: { ...linuxGuest(), bootLoader: { kind: "bios" } } } as unknown as {
      configuration: MachineConfiguration;
    };
    await expect(helper.requestUnchecked("machine.validate", params)).rejects.toThrow(/bios.*linux|linux.*bios/);
  });

  it("refuses an unknown method and names the nearest one", async () => {
    await expect(helper.requestUnchecked("machine.stat" as "machine.start", { machine: "m" })).rejects.toThrow(
      /machine\.sta(te|rt)/,
    );
  });

  it("refuses a disk size that is no multiple of 512 bytes", async () => {
    const params = { path: path.join(folder, "new.img"), size: 513 };
    await expect(helper.requestUnchecked("disk.create", params)).rejects.toMatchObject({
      kind: "invalidParams",
      path: "params.size",
    });
  });

  it("does not know a handle it never made", async () => {
    await expect(helper.request("machine.start", { machine: "nobody" })).rejects.toMatchObject({
      kind: "machineNotFound",
    });
  });
});
