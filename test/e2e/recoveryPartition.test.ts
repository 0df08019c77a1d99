import { copyFile, open, readFile, stat, truncate } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { type Helper, launchHelper, mib } from "../../src/index.js";
import { BundleFolder, killedAt } from "../helpers/bundles.js";
import { boot, linuxGuest } from "../helpers/guest.js";
import {
  type PartitionTable,
  partitionDisk,
  readTable,
  recoverySize,
  requireFaultless,
  tableState,
} from "../helpers/macDisk.js";

const [small, large] = [mib(64), mib(160)];
/** For what is done many times: kills are between the changes of the table, however much is copied. */
const [smallSwept, largeSwept, recoverySwept] = [mib(12), mib(24), mib(3)];
/** Far more than a move changes the table. */
const mostSteps = 40;

// Its tables are made and read back by a program that macOS lacks.
describe.skipIf(process.platform === "darwin")("the Recovery partition of a disk that grows (Linux hosts only)", () => {
  let helper: Helper;
  beforeAll(async () => {
    helper = await launchHelper();
  });
  afterAll(() => helper[Symbol.asyncDispose]());

  const diskOf = (bundle: string) => path.join(bundle, "disk.img");

  async function make(folder: BundleFolder, diskSize = small, recovery?: number): Promise<[string, PartitionTable]> {
    await helper.bundles.create(folder.bundle(), { configuration: linuxGuest(), diskSize });
    await partitionDisk(folder.bundle(), recovery);
    return [folder.bundle(), await readTable(diskOf(folder.bundle()))];
  }

  const contents = (table: PartitionTable) => table.partitions.map(({ sha256 }) => sha256);

  /** At the new end, with all that it had, in a table without fault. */
  async function expectMoved(bundle: string, before: PartitionTable, size = large): Promise<void> {
    expect((await stat(diskOf(bundle))).size).toBe(size);
    await requireFaultless(bundle);
    const after = await readTable(diskOf(bundle));
    expect(contents(after)).toEqual(contents(before));
    expect(after.details).toBe(before.details);
    expect(after.partitions.slice(0, 2)).toEqual(before.partitions.slice(0, 2));
    const free = size / 512 - 34 - (after.partitions[2]?.last ?? 0);
    expect(free).toBeGreaterThanOrEqual(0);
    expect(free).toBeLessThan(8);
  }

  it("goes to the new end, with what to do next", async () => {
    await using folder = await BundleFolder.make();
    const [bundle, before] = await make(folder);
    const used = (await stat(diskOf(bundle))).blocks;
    const steps: number[] = [];
    const moved = await helper.bundles.get(bundle).resizeDisk(large, {
      relocateRecovery: true,
      onProgress: ({ completed, total }) => {
        expect(total).toBe(2 * recoverySize);
        steps.push(completed);
      },
    });
    expect(moved).toEqual({
      size: large,
      recovery: "moved",
      notes: [expect.stringContaining("diskutil apfs resizeContainer disk0s2 0")],
    });
    expect(steps.length).toBeGreaterThan(0);
    await expectMoved(bundle, before);
    // Holes are kept, and the old place is given back.
    expect((await stat(diskOf(bundle))).blocks).toBeLessThan(used + mib(2) / 512);
    const again = await helper.bundles.get(bundle).resizeDisk(large, { relocateRecovery: true });
    expect(again).toEqual({ size: large, recovery: "atEnd", notes: [] });
  });

  it("is said to be in the way of a disk that grew without it, and goes to the end later", async () => {
    await using folder = await BundleFolder.make();
    const [bundle, before] = await make(folder);
    expect(await helper.bundles.get(bundle).resizeDisk(small)).toEqual({ size: small, recovery: "atEnd", notes: [] });
    expect(await helper.bundles.get(bundle).resizeDisk(large)).toEqual({
      size: large,
      recovery: "inTheWay",
      notes: [expect.stringMatching(/-69519.*relocateRecovery/)],
    });
    expect((await readTable(diskOf(bundle))).partitions).toEqual(before.partitions);
    expect(await helper.bundles.get(bundle).resizeDisk(large, { relocateRecovery: true })).toMatchObject({
      recovery: "moved",
    });
    await expectMoved(bundle, before);
    await helper.bundles.get(bundle).resizeDisk(2 * large, { relocateRecovery: true });
    await expectMoved(bundle, before, 2 * large);
  });

  /** Refused with a reason; the disk is as it was. */
  async function expectRefused(bundle: string, size: number, refusal: object): Promise<void> {
    const before = await readFile(diskOf(bundle));
    await expect(helper.bundles.get(bundle).resizeDisk(size, { relocateRecovery: true })).rejects.toMatchObject(
      refusal,
    );
    expect(before.equals(await readFile(diskOf(bundle)))).toBe(true);
  }

  it("stays when the disk grows too little for it, and the smallest size is named", async () => {
    await using folder = await BundleFolder.make();
    const [bundle, before] = await make(folder);
    const size = small + recoverySize / 2;
    await expectRefused(bundle, size, { kind: "invalidParams", path: "params.size" });
    await expectRefused(bundle, small - 512, { kind: "invalidParams", message: expect.stringContaining("never made") });
    const error: unknown = await helper.bundles
      .get(bundle)
      .resizeDisk(size, { relocateRecovery: true })
      .catch((reason: unknown) => reason);
    const least = Number(/at least (\d+)/.exec(String(error))?.[1]);
    await expectRefused(bundle, least - 512, { kind: "invalidParams" });
    await helper.bundles.get(bundle).resizeDisk(least, { relocateRecovery: true });
    await expectMoved(bundle, before, least);
  });

  it("stays on a disk whose table is not understood or damaged, and nothing is repaired", async () => {
    await using folder = await BundleFolder.make();
    const [bundle] = await make(folder);
    const whole = await readFile(diskOf(bundle));
    const damage = async (offset: number, bytes: string) => {
      await using disk = await open(diskOf(bundle), "r+");
      await disk.write(bytes, offset);
    };
    const cases: [number, string, object][] = [
      [512 + 60, "damaged", { kind: "invalidDiskImage", message: expect.stringContaining("primary") }],
      [small - 512 + 60, "damaged", { kind: "invalidDiskImage", message: expect.stringContaining("backup") }],
      [1024 + 40, "damaged", { kind: "invalidDiskImage", message: expect.stringContaining("checksum") }],
      [512, "NOTHING!", { kind: "notSupported", message: expect.stringContaining("no GUID partition table") }],
      [446 + 16 + 4, "\u000c", { kind: "notSupported", message: expect.stringContaining("hybrid") }],
      [0, "shdw", { kind: "notSupported", message: expect.stringContaining("ASIF") }],
    ];
    for (const [offset, bytes, refusal] of cases) {
      await damage(offset, bytes);
      await expectRefused(bundle, large, refusal);
      await using disk = await open(diskOf(bundle), "r+");
      await disk.write(whole);
    }
    await truncate(diskOf(bundle), small - 512);
    await expectRefused(bundle, large, { kind: "invalidDiskImage", message: expect.stringContaining("ends before") });
  });

  it("stays when the request is cancelled, and the disk has its old size", async () => {
    await using folder = await BundleFolder.make();
    const [bundle, before] = await make(folder);
    const whole = await readFile(diskOf(bundle));
    const controller = new AbortController();
    const request = helper.bundles.get(bundle).resizeDisk(large, {
      relocateRecovery: true,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    // It may have been through already.
    const result = await request.catch((error: unknown) => error);
    if (!(result instanceof Error)) return expectMoved(bundle, before);
    expect(result.name).toBe("AbortError");
    await helper.bundles.get(bundle).rename("done");
    expect(whole.equals(await readFile(diskOf(folder.bundle("done"))))).toBe(true);
  });

  it("is whole at any step of a helper that is killed, also for a guest, and the same request finishes", async () => {
    await using folder = await BundleFolder.make();
    const [bundle, before] = await make(folder, smallSwept, recoverySwept);
    const original = path.join(folder.path, "original.img");
    await copyFile(diskOf(bundle), original);
    const seen = new Map<string, string>();
    let isKilled = true;
    for (let step = 1; isKilled && step < mostSteps; step++) {
      await copyFile(original, diskOf(bundle));
      const victim = await launchHelper();
      const look = () => tableState(diskOf(bundle), [smallSwept, largeSwept]);
      isKilled = await killedAt(victim, look, step, () =>
        victim.bundles.get(bundle).resizeDisk(largeSwept, { relocateRecovery: true }),
      );
      expect(contents(await readTable(diskOf(bundle)))).toEqual(contents(before));
      if (!seen.has(look())) {
        const copy = path.join(folder.path, `killed-${step}.img`);
        await copyFile(diskOf(bundle), copy);
        seen.set(look(), copy);
      }
      await helper.bundles.get(bundle).resizeDisk(largeSwept, { relocateRecovery: true });
      await expectMoved(bundle, before, largeSwept);
    }
    expect(isKilled).toBe(false);
    expect(seen.size).toBeGreaterThan(1);
    await expectGuestReads([original, ...seen.values()], before);
  });

  it("is whole when the helper is killed amid the copying, and the same request finishes", async () => {
    await using folder = await BundleFolder.make();
    const [bundle, before] = await make(folder);
    for (const milliseconds of [0, 3, 10, 30]) {
      const victim = await launchHelper();
      let timer: NodeJS.Timeout | undefined;
      const size = large + milliseconds * mib(32);
      await victim.bundles
        .get(bundle)
        .resizeDisk(size, {
          relocateRecovery: true,
          onProgress: () => {
            timer ??= setTimeout(() => process.kill(victim.info.helper.processIdentifier, "SIGKILL"), milliseconds);
          },
        })
        .catch(() => undefined);
      clearTimeout(timer);
      await victim[Symbol.asyncDispose]();
      expect(contents(await readTable(diskOf(bundle)))).toEqual(contents(before));
      await helper.bundles.get(bundle).resizeDisk(size, { relocateRecovery: true });
      await expectMoved(bundle, before, size);
    }
  });

  /** The kernel of a real guest reads the table by code of its own. */
  async function expectGuestReads(disks: string[], before: PartitionTable): Promise<void> {
    await using machine = await helper.machines.create(
      linuxGuest({
        storageDevices: disks.map((disk) => ({
          kind: "virtioBlock",
          attachment: { kind: "diskImage", path: disk, isReadOnly: true },
        })),
      }),
    );
    await boot(machine);
    for (const [index, disk] of disks.entries()) {
      const device = `/dev/vd${String.fromCharCode(97 + index)}`;
      const sums = await runInGuest(machine, `sha256sum ${device}1 ${device}2 ${device}3 | cut -d' ' -f1`);
      expect(sums.trim().split("\n"), disk).toEqual(contents(before));
    }
  }
});
