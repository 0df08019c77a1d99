import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { type Helper, launchHelper } from "../../src/index.js";
import { boot, linuxGuest } from "../helpers/guest.js";

const megabytes = 4;
const bytes = megabytes * 1024 * 1024;
const flood = `vzkit.run="dd if=/dev/zero bs=64k count=${megabytes * 16} 2>/dev/null | tr '\\000' x; echo; echo FLOODED"`;

function count(data: Buffer): number {
  let found = 0;
  for (const byte of data) if (byte === 120) found++;
  return found;
}

describe("consoles", () => {
  let helper: Helper;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vzkit-console-"));
    helper = await launchHelper();
  });
  afterAll(async () => {
    await helper[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it("lose no byte while nobody is attached, and log everything", async () => {
    const logPath = path.join(folder, "console.log");
    const configuration = linuxGuest(
      {
        serialPorts: [{ kind: "virtioConsole", attachment: { kind: "stream", replaySize: 8 * 1024 * 1024, logPath } }],
      },
      flood,
    );
    await using machine = await helper.machines.create(configuration);
    const stopped = machine.once("stopped");
    await machine.start();
    await stopped;
    const logged = await readFile(logPath);
    expect(count(logged.subarray(logged.indexOf("vzkit-guest: ready")))).toBeGreaterThanOrEqual(bytes);

    const console = await machine.console.open();
    const replayed: Buffer[] = [];
    let length = 0;
    for await (const chunk of console) {
      replayed.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= logged.length) break;
    }
    expect(Buffer.concat(replayed).equals(logged)).toBe(true);
  });

  it("wait for a client that is slow to read", async () => {
    await using machine = await helper.machines.create(linuxGuest({}, flood));
    await machine.start();
    const console = await machine.console.open();
    const chunks: Buffer[] = [];
    for await (const chunk of console) {
      chunks.push(chunk as Buffer);
      if (chunks.length < 20) await delay(100);
      if (Buffer.concat(chunks.slice(-3)).includes("FLOODED")) break;
    }
    const all = Buffer.concat(chunks);
    expect(count(all.subarray(all.indexOf("vzkit-guest: ready")))).toBeGreaterThanOrEqual(bytes);
  });

  it("replay from an offset and serve several clients", async () => {
    await using machine = await helper.machines.create(linuxGuest());
    await boot(machine);
    const whole = await machine.console.open();
    const part = await machine.console.open({ from: 10 });
    const read = async (stream: NodeJS.ReadableStream, wanted: string) => {
      let seen = "";
      for await (const chunk of stream) {
        seen += String(chunk);
        if (seen.includes(wanted)) return seen;
      }
      return seen;
    };
    await runInGuest(machine, "echo marked-line > /dev/console");
    const [first, second] = await Promise.all([read(whole, "marked-line"), read(part, "marked-line")]);
    expect(first.slice(10).startsWith(second.slice(0, 100))).toBe(true);
  });

  it("carry input to the guest, and named ports are consoles of their own", async () => {
    const configuration = linuxGuest({
      consoleDevices: [
        { kind: "virtio", ports: [{ name: "org.vzkit.shell", attachment: { kind: "stream", name: "shell" } }] },
      ],
    });
    await using machine = await helper.machines.create(configuration);
    await boot(machine);
    const shell = await machine.console.open({ name: "shell" });
    shell.write("echo $((6 * 7)) from $0\n");
    let seen = "";
    for await (const chunk of shell) {
      seen += String(chunk);
      if (seen.includes("\n")) break;
    }
    expect(seen).toBe("42 from sh\n");
  });

  it("refuse a name that no stream has", async () => {
    await using machine = await helper.machines.create(linuxGuest());
    await expect(machine.console.open({ name: "nothing" })).rejects.toMatchObject({ kind: "consoleNotFound" });
  });
});
