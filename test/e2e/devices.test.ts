import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { type Helper, launchHelper, type Machine, mib } from "../../src/index.js";
import { boot, linuxGuest } from "../helpers/guest.js";

const diskSize = 96 * 1024 * 1024 + 512;

describe("the devices of a Linux guest", () => {
  let folder: string;
  let helper: Helper;
  let machine: Machine;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vzkit-devices-"));
    for (const name of ["shared", "first", "second"]) await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, "shared/hello.txt"), "from the host\n");
    await writeFile(path.join(folder, "second/note.txt"), "read only\n");
    helper = await launchHelper();
    const disk = await helper.disks.create(path.join(folder, "disk.img"), { size: diskSize });
    const configuration = linuxGuest(
      {
        cpuCount: 2,
        memorySize: mib(512),
        storageDevices: [
          {
            kind: "virtioBlock",
            attachment: { kind: "diskImage", path: disk.path },
            blockDeviceIdentifier: "main-disk",
          },
        ],
        networkDevices: [
          {
            kind: "virtio",
            macAddress: "52:54:00:12:34:56",
            attachment: { kind: "nat", portForwards: [{ hostPort: 0, guestPort: 7000 }] },
          },
        ],
        entropyDevices: [{ kind: "virtio" }],
        memoryBalloonDevices: [{ kind: "virtioTraditional" }],
        directorySharingDevices: [
          {
            kind: "virtioFileSystem",
            tag: "one",
            share: { kind: "single", directory: { path: path.join(folder, "shared") } },
          },
          {
            kind: "virtioFileSystem",
            tag: "many",
            share: {
              kind: "multiple",
              directories: {
                writable: { path: path.join(folder, "first") },
                fixed: { path: path.join(folder, "second"), isReadOnly: true },
              },
            },
          },
        ],
      },
      "vzkit.share=one vzkit.share=many",
    );
    machine = await helper.machines.create(configuration, { name: "devices" });
    await boot(machine);
  });

  afterAll(async () => {
    await machine?.dispose();
    await helper?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it("gives the guest its CPUs and memory", async () => {
    expect(await runInGuest(machine, "nproc")).toBe("2");
    const kilobytes = Number(/\d+/.exec(await runInGuest(machine, "grep MemTotal /proc/meminfo"))?.[0]);
    expect(kilobytes).toBeGreaterThan(400 * 1024);
    expect(kilobytes).toBeLessThanOrEqual(512 * 1024);
  });

  it("gives it the disk, to the byte, and keeps what it writes", async () => {
    expect(await runInGuest(machine, "cat /sys/block/vda/size /sys/block/vda/serial")).toBe(
      `${diskSize / 512}\nmain-disk`,
    );
    await runInGuest(
      machine,
      "printf 'written by the guest' | dd of=/dev/vda bs=1 seek=4096 conv=fsync 2>/dev/null; sync",
    );
    const image = await readFile(path.join(folder, "disk.img"));
    expect(image.length).toBe(diskSize);
    expect(image.subarray(4096, 4116).toString()).toBe("written by the guest");
  });

  it("shares a folder both ways", async () => {
    expect(await runInGuest(machine, "cat /mnt/one/hello.txt")).toBe("from the host");
    await runInGuest(machine, "echo from the guest > /mnt/one/answer.txt");
    expect(await readFile(path.join(folder, "shared/answer.txt"), "utf8")).toBe("from the guest\n");
    await writeFile(path.join(folder, "shared/hello.txt"), "changed by the host\n");
    expect(await runInGuest(machine, "cat /mnt/one/hello.txt")).toBe("changed by the host");
  });

  it("shares several folders under one tag and holds the read-only one", async () => {
    expect(await runInGuest(machine, "ls /mnt/many")).toBe("fixed\nwritable");
    await runInGuest(machine, "echo kept > /mnt/many/writable/file");
    expect(await readFile(path.join(folder, "first/file"), "utf8")).toBe("kept\n");
    expect(
      await runInGuest(machine, "echo no > /mnt/many/fixed/note.txt 2>&1; cat /mnt/many/fixed/note.txt"),
    ).toContain("read only");
    expect(await readFile(path.join(folder, "second/note.txt"), "utf8")).toBe("read only\n");
  });

  it("does not let a symbolic link lead out of the share", async () => {
    await runInGuest(machine, "ln -s /etc/passwd /mnt/one/link");
    const ofGuest = await runInGuest(machine, "cat /mnt/one/link 2>&1");
    expect(ofGuest).not.toContain("root:x:0:0:root:/root:/bin/bash");
  });

  it("feeds the guest's random number generator", async () => {
    expect(await runInGuest(machine, "cat /sys/class/misc/hw_random/rng_current 2>/dev/null || ls /dev/hwrng")).toMatch(
      /virtio|hwrng/,
    );
  });

  it("gives it an address and forwards a port of the host", async () => {
    await runInGuest(machine, "for i in $(seq 150); do [ -s /run/address.eth0 ] && break; sleep 0.2; done");
    const { addresses } = await machine.network.addresses();
    const [first] = addresses;
    expect(first).toMatchObject({ device: 0, macAddress: "52:54:00:12:34:56" });
    expect(await runInGuest(machine, "ip -4 -o addr show eth0")).toContain(first?.address);
    expect(await runInGuest(machine, "cat /sys/class/net/eth0/address")).toBe("52:54:00:12:34:56");

    const port = first?.portForwards?.[0]?.hostPort;
    expect(port).toBeGreaterThan(0);
    await runInGuest(machine, "(while :; do echo hello over tcp | nc -l -p 7000; done) >/dev/null 2>&1 &");
    // The forward accepts before the guest listens, and then has nothing to say.
    const said = () => text(createConnection({ host: "127.0.0.1", port: port ?? 0 })).catch(() => "");
    await expect.poll(said, { timeout: 20_000 }).toBe("hello over tcp\n");
  });

  it("moves the balloon", async () => {
    const available = async () => Number(/\d+/.exec(await runInGuest(machine, "grep MemFree /proc/meminfo"))?.[0]);
    const before = await available();
    expect(await machine.balloon.setTarget(mib(300) + 5)).toBe(mib(300));
    await expect.poll(available, { timeout: 30_000 }).toBeLessThan(before - 150 * 1024);
    expect(await machine.balloon.target()).toBe(mib(300));
    expect(await machine.balloon.setTarget(mib(512))).toBe(mib(512));
    await expect.poll(available, { timeout: 30_000 }).toBeGreaterThan(before - 50 * 1024);
  });

  it("carries bytes exactly over virtio sockets, from both sides, with half close", async () => {
    const size = 8 * 1024 * 1024;
    await runInGuest(machine, "(vsock listen 2000 cat </dev/null >/dev/null 2>&1 &) ; sleep 0.3");
    const payload = Buffer.alloc(size, "0123456789abcdef");
    const echo = await machine.sockets.connect(2000);
    echo.end(payload);
    const chunks: Buffer[] = [];
    for await (const chunk of echo) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(payload)).toBe(true);

    await using listener = await machine.sockets.listen(3000);
    const answer = runInGuest(machine, "echo over to you | vsock connect 2 3000");
    for await (const connection of listener) {
      // Not by iteration, which closes a stream at its end: the guest has ended its half only.
      let said = "";
      connection.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
      await once(connection, "end");
      expect(said).toBe("over to you\n");
      connection.end("and back\n");
      break;
    }
    expect(await answer).toBe("and back");
  });

  it("says that nobody listens on a port of the guest", async () => {
    await expect(machine.sockets.connect(2999)).rejects.toMatchObject({ kind: "guestRefused" });
  });
});
