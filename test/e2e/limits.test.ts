import { chmod, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { launchHelper, type MachineConfiguration } from "../../src/index.js";
import { bootSilently, guest, linuxGuest } from "../helpers/guest.js";
import { helperPath } from "../helpers/helperPath.js";

describe("what one machine can have", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vzkit-limits-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const sector = 512;

  async function disks(count: number): Promise<NonNullable<MachineConfiguration["storageDevices"]>> {
    const devices: NonNullable<MachineConfiguration["storageDevices"]> = [];
    for (let index = 0; index < count; index++) {
      const file = path.join(folder, `disk-${index}.img`);
      await writeFile(file, "");
      await truncate(file, (index + 1) * sector);
      devices.push({ kind: "virtioBlock", attachment: { kind: "diskImage", path: file } });
    }
    return devices;
  }

  it("is more disks and interfaces than a computer has slots, in their order", async () => {
    await using helper = await launchHelper();
    const nat = { kind: "virtio", attachment: { kind: "nat" } } as const;
    await using machine = await helper.machines.create(
      linuxGuest({
        storageDevices: await disks(40),
        networkDevices: Array.from({ length: 4 }, (_, index) => ({ ...nat, macAddress: `52:54:00:00:00:0${index}` })),
      }),
    );
    await bootSilently(machine);
    const sizes = await runInGuest(
      machine,
      "for d in $(ls -d /sys/block/vd* | awk '{print length, $0}' | sort -n | cut -d' ' -f2); do cat $d/size; done",
    );
    expect(sizes.split("\n").map(Number)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    const addresses = await runInGuest(machine, "cat /sys/class/net/eth*/address");
    expect(addresses.split("\n")).toEqual([0, 1, 2, 3].map((index) => `52:54:00:00:00:0${index}`));
  });

  it("ends at a number that the refusal names", async () => {
    await using helper = await launchHelper();
    const request = helper.machines.validate(linuxGuest({ storageDevices: await disks(240) }));
    await expect(request).rejects.toMatchObject({
      kind: "invalidConfiguration",
      message: expect.stringMatching(/storageDevices.*240/),
    });
  });

  it("is no kernel that cannot be booted, and no command line that the kernel would cut", async () => {
    await using helper = await launchHelper();
    const file = path.join(folder, "kernel");
    const kernel = await readFile(guest.kernel);
    const linux = (more: object) =>
      linuxGuest({ bootLoader: { kind: "linux", kernelPath: file, initialRamdiskPath: guest.initrd, ...more } });
    for (const [content, words] of [
      [gzipSync(kernel), "gunzip"],
      [Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4]), "xz"],
      ["#!/bin/sh\nexit 0\n", "script"],
      [kernel.subarray(0, kernel.length >> 1), "cut short"],
      [Buffer.alloc(1 << 20, 7), "not a Linux kernel"],
    ] as const) {
      await writeFile(file, content);
      for (const call of [() => helper.machines.validate(linux({})), () => helper.machines.create(linux({}))]) {
        await expect(call()).rejects.toMatchObject({
          kind: "invalidConfiguration",
          path: "params.configuration.bootLoader.kernelPath",
          message: expect.stringContaining(words),
        });
      }
    }
    await writeFile(file, kernel);
    await helper.machines.validate(linux({ commandLine: "x".repeat(2047) }));
    await expect(helper.machines.validate(linux({ commandLine: "x".repeat(2048) }))).rejects.toMatchObject({
      kind: "invalidConfiguration",
      path: "params.configuration.bootLoader.commandLine",
      message: expect.stringContaining("2047"),
    });
  });

  it("says that descriptors ran out where the system allows too few for a shared folder", async () => {
    const wrapper = path.join(folder, "helper");
    await writeFile(wrapper, `#!/bin/sh\nulimit -n 256\nexec '${helperPath()}' "$@"\n`);
    await chmod(wrapper, 0o755);
    await using helper = await launchHelper({ path: wrapper });
    await using machine = await helper.machines.create(
      linuxGuest({
        directorySharingDevices: [
          { kind: "virtioFileSystem", tag: "few", share: { kind: "single", directory: { path: folder } } },
        ],
      }),
    );
    const outcome = await machine.start().then(
      () => undefined,
      (error: unknown) => error,
    );
    // The older virtiofsd, written in C, needs fewer.
    if (outcome === undefined) return;
    expect(outcome).toMatchObject({
      kind: "tooManyRequests",
      message: expect.stringMatching(/limit of open files is too low.*ulimit -n/s),
    });
  });
});
