import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import {
  type Helper,
  launchHelper,
  type MachineConfiguration,
  mib,
  type Platform,
  RequestError,
} from "../../src/index.js";

// What the framework itself wrote on a Mac, for guests from macOS 12 on: what a restore image would give.
const hardwareModel =
  "YnBsaXN0MDDTAQIDBAUGXxAZRGF0YVJlcHJlc2VudGF0aW9uVmVyc2lvbl8QD1BsYXRmb3JtVmVyc2lvbl8QEk1pbmltdW1TdXBwb3J0ZWRPUx" +
  "QAAAAAAAAAAAAAAAAAAAABEAKjBwgIEAwQAAgPKz1SY2VpawAAAAAAAAEBAAAAAAAAAAkAAAAAAAAAAAAAAAAAAABt";

/**
 * A virtual Mac's configuration, held against the framework of this host: Apple's own on a Mac, which needs neither a
 * guest nor a restore image for it, and the Linux module with the stand-in elsewhere.
 */
describe("the configuration of a virtual Mac and this host's framework", () => {
  let folder: string;
  let helper: Helper;
  /** Why the host takes no configuration at all: a Mac that is a virtual machine itself, say. */
  let unable: string | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vzkit-mac-"));
    helper = await launchHelper({ env: { VZKIT_STANDIN_MAC: "1" } });
    const { facts } = await helper.host.diagnose();
    const problems = facts.filter(({ id, status }) => id === "virtualization" && status === "problem");
    const isOnIntel = helper.info.host.os === "macOS" && helper.info.host.architecture !== "arm64";
    unable = problems[0]?.finding ?? (isOnIntel ? "This Mac has no Apple silicon." : undefined);
  });
  afterAll(async () => {
    await helper?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const skipWhereUnable = (context: TestContext) => context.skip(unable !== undefined, unable);

  let count = 0;
  async function usual(): Promise<MachineConfiguration> {
    const path = join(folder, `auxiliary-storage-${++count}`);
    const disk = await helper.disks.create(join(folder, `disk-${count}.img`), { size: mib(64) });
    return {
      cpuCount: 4,
      memorySize: mib(4096),
      platform: {
        kind: "mac",
        hardwareModel,
        auxiliaryStoragePath: await helper.macs.createAuxiliaryStorage(path, { hardwareModel }),
      },
      bootLoader: { kind: "macOS" },
      storageDevices: [{ kind: "virtioBlock", attachment: { kind: "diskImage", path: disk.path } }],
      networkDevices: [{ kind: "virtio", attachment: { kind: "nat" } }],
      entropyDevices: [{ kind: "virtio" }],
      socketDevices: [{ kind: "virtio" }],
      graphicsDevices: [{ kind: "mac", displays: [{ widthInPixels: 1920, heightInPixels: 1200, pixelsPerInch: 80 }] }],
      keyboards: [{ kind: "usb" }],
      pointingDevices: [{ kind: "macTrackpad" }],
      audioDevices: [{ kind: "virtioSound", output: true }],
    };
  }

  async function refusal(configuration: MachineConfiguration): Promise<RequestError> {
    const error = await helper.machines.validate(configuration).then(
      () => expect.unreachable("should have been refused"),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(RequestError);
    return error as RequestError;
  }

  it("makes machine identifiers, no two of them the same", async () => {
    const made = await Promise.all([1, 2, 3].map(() => helper.macs.createMachineIdentifier()));
    expect(new Set(made).size).toBe(3);
    // The framework's own format.
    for (const identifier of made)
      expect(Buffer.from(identifier, "base64").toString("latin1")).toMatch(/^bplist00.*ECID/s);
  });

  it("takes all devices of a Mac, and a machine identifier of its own making", async (context) => {
    skipWhereUnable(context);
    const configuration = await usual();
    await helper.machines.validate(configuration);
    const machineIdentifier = await helper.macs.createMachineIdentifier();
    const platform = { ...configuration.platform, machineIdentifier } as Platform;
    await helper.machines.validate({ ...configuration, platform });
  });

  it.for<[string, string, (platform: object) => Partial<Record<keyof MachineConfiguration, unknown>>]>([
    ["no processors", "invalidConfiguration", () => ({ cpuCount: 0 })],
    ["too much memory", "invalidConfiguration", () => ({ memorySize: 2 ** 50 })],
    ["the platform of other guests", "invalidConfiguration", () => ({ platform: { kind: "generic" } })],
    ["a hardware model that is none", "invalidParams", (mac) => ({ platform: { ...mac, hardwareModel: "AAAA" } })],
    [
      "a machine identifier that is none",
      "invalidParams",
      (mac) => ({ platform: { ...mac, machineIdentifier: "AAAA" } }),
    ],
    [
      "auxiliary storage that is missing",
      "fileNotFound",
      (mac) => ({ platform: { ...mac, auxiliaryStoragePath: "/nowhere/auxiliary-storage" } }),
    ],
  ])("refuses %s", async ([, kind, change], context) => {
    skipWhereUnable(context);
    const good = await usual();
    const error = await refusal({ ...good, ...change(good.platform ?? {}) } as MachineConfiguration);
    expect(error.kind, error.message).toBe(kind);
  });
});
