import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { launchHelper, type Machine, type MachineStateChangedEvent } from "../../src/index.js";
import { boot, linuxGuest } from "../helpers/guest.js";

const written = 12 << 20;

it("holds a guest whose disk outgrows the host's volume, says so, and loses nothing", async (context) => {
  const folder = await mkdtemp(path.join(tmpdir(), "vzkit-full-"));
  const volume = path.join(folder, "small");
  await mkdir(volume);
  const { exitCode } = await execa("mount", ["-t", "tmpfs", "-o", "size=8m", "none", volume], { reject: false });
  if (exitCode !== 0) {
    await rm(folder, { recursive: true });
    return context.skip("mounting a small file system needs root");
  }
  try {
    const disk = path.join(volume, "disk.img");
    const ballast = path.join(volume, "ballast");
    await writeFile(disk, "");
    await truncate(disk, 64 << 20);
    await writeFile(ballast, Buffer.alloc(1 << 20));

    let log = "";
    await using helper = await launchHelper({
      stderr: (line) => {
        log += `${line}\n`;
      },
    });
    await using machine = await helper.machines.create(
      linuxGuest({
        storageDevices: [{ kind: "virtioBlock", attachment: { kind: "diskImage", path: disk } }],
      }),
      { name: "hungry" },
    );
    await boot(machine);
    await runInGuest(machine, `dd if=/dev/urandom of=/tmp/data bs=1M count=${written >> 20} 2>/dev/null`);
    const sum = (await runInGuest(machine, "sha256sum </tmp/data")).split(" ")[0];

    const changes: MachineStateChangedEvent[] = [];
    machine.on("stateChanged", (change) => changes.push(change));
    let held = isHeld(machine);
    const writing = runInGuest(machine, "dd if=/tmp/data of=/dev/vda bs=1M conv=fsync 2>/dev/null && echo written");
    await held;
    const pauseError = {
      kind: "outOfDiskSpace",
      message: expect.stringMatching(new RegExp(`${volume} is full.*${disk}.*resume`)),
    };
    expect(changes).toMatchObject([{ previousState: "running", state: "paused", pauseError }]);
    expect(await machine.state({ live: true })).toMatchObject({
      state: "paused",
      canResume: true,
      pauseError,
      hypervisorStatus: "io-error",
      isHypervisorResponding: true,
    });
    expect(log).toMatch(new RegExp(`machine hungry is paused: .*${volume} is full`));

    // Without room it is held again.
    held = isHeld(machine);
    await machine.resume();
    await held;
    expect(await machine.state()).toMatchObject({ state: "paused", pauseError });

    await rm(ballast);
    await execa("mount", ["-o", "remount,size=32m", volume]);
    await machine.resume();
    expect(await writing).toBe("written");
    const state = await machine.state();
    expect(state).toMatchObject({ state: "running" });
    expect(state.pauseError).toBeUndefined();
    expect(changes.at(-1)).toMatchObject({ previousState: "resuming", state: "running" });
    expect(await sha256(disk)).toBe(sum);
    await machine.stop();
  } finally {
    await execa("umount", [volume]);
    await rm(folder, { recursive: true });
  }
});

/** Resolves when the machine is paused. */
function isHeld(machine: Machine): Promise<void> {
  return new Promise((resolve) => {
    const look = ({ state }: MachineStateChangedEvent) => {
      if (state !== "paused") return;
      machine.off("stateChanged", look);
      resolve();
    };
    machine.on("stateChanged", look);
  });
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { end: written - 1 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
