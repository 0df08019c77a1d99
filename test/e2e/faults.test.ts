import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { launchHelper, type MachineConfiguration } from "../../src/index.js";
import { boot, linuxGuest } from "../helpers/guest.js";
import { helperPath } from "../helpers/helperPath.js";
import { childrenOf, gone, isRunning } from "../helpers/processes.js";

const threeMachines = fileURLToPath(new URL("../fixtures/three-machines.ts", import.meta.url));

describe("when something dies or is in the way", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vzkit-faults-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("a killed hypervisor fails its machine with the cause, and the helper lives on", async () => {
    await using helper = await launchHelper();
    await using machine = await helper.machines.create(linuxGuest(), { name: "victim" });
    await using other = await helper.machines.create(linuxGuest(), { name: "bystander" });
    await other.start();
    await machine.start();
    const { hypervisorProcessIdentifier: pid } = await machine.state();
    const stopped = machine.once("stopped");
    process.kill(pid ?? 0, "SIGKILL");
    const event = await stopped;
    expect(event).toMatchObject({ reason: "error", error: { apple: { domain: "VZErrorDomain" } } });
    expect(event.error?.message).toMatch(/SIGKILL|signal 9|killed/i);
    expect(await machine.state()).toMatchObject({ state: "error", canStart: true });
    expect(await other.state()).toMatchObject({ state: "running" });
    await machine.start();
    expect(await machine.state()).toMatchObject({ state: "running" });
  });

  it("a helper killed with SIGKILL takes its three machines and their daemons along", async () => {
    const helper = await launchHelper();
    const { processIdentifier } = helper.info.helper;
    for (const name of ["one", "two", "three"]) {
      const machine = await helper.machines.create(
        linuxGuest({
          directorySharingDevices: [
            { kind: "virtioFileSystem", tag: "share", share: { kind: "single", directory: { path: folder } } },
          ],
        }),
        { name },
      );
      await machine.start();
    }
    const children = await childrenOf(processIdentifier);
    expect(children.length).toBeGreaterThanOrEqual(6);
    process.kill(processIdentifier, "SIGKILL");
    await Promise.all([processIdentifier, ...children].map((pid) => gone(pid)));
    await expect(helper.ping()).rejects.toMatchObject({ signal: "SIGKILL" });
    await helper[Symbol.asyncDispose]();
  });

  it("a disk and a bundle of a killed helper can be had at once by the next one", async () => {
    const disk = path.join(folder, "killed.img");
    await writeFile(disk, Buffer.alloc(1 << 20));
    const storageDevices: MachineConfiguration["storageDevices"] = [
      { kind: "virtioBlock", attachment: { kind: "diskImage", path: disk } },
    ];
    const bundle = path.join(folder, "killed.vzkit");
    let helper = await launchHelper();
    await helper.bundles.create(bundle, { configuration: linuxGuest(), diskSize: 1 << 20 });
    for (let round = 0; round < 3; round++) {
      const machine = await helper.machines.create(linuxGuest({ storageDevices }));
      const kept = await helper.machines.open(bundle);
      await Promise.all([machine.start(), kept.start()]);
      await using next = await launchHelper();
      process.kill(helper.info.helper.processIdentifier, "SIGKILL");
      const again = await next.machines.create(linuxGuest({ storageDevices }));
      const reopened = await next.machines.open(bundle);
      await Promise.all([again.start(), reopened.start()]);
      await helper[Symbol.asyncDispose]();
      helper = await launchHelper();
      await Promise.all([again.dispose(), reopened.dispose()]);
    }
    await helper[Symbol.asyncDispose]();
  });

  it("a killed client takes its helper and machines along", async () => {
    const client = execa("npx", ["tsx", threeMachines], { reject: false });
    let line = "";
    for await (const chunk of client.stdout) {
      line += String(chunk);
      if (line.includes("\n")) break;
    }
    const {
      client: clientPid,
      helper,
      machines,
    } = JSON.parse(line) as { client: number; helper: number; machines: number[] };
    expect(machines).toHaveLength(3);
    expect(await isRunning(helper)).toBe(true);
    process.kill(clientPid, "SIGKILL");
    await Promise.all([helper, ...machines].map((pid) => gone(pid)));
    await client;
  });

  it("two helpers cannot use one disk at the same time, and the second is told who has it", async () => {
    await using first = await launchHelper();
    await using second = await launchHelper();
    const disk = await first.disks.create(path.join(folder, "disk.img"), { size: 1024 * 1024 });
    const configuration = linuxGuest({
      storageDevices: [{ kind: "virtioBlock", attachment: { kind: "diskImage", path: disk.path } }],
    });
    await using owner = await first.machines.create(configuration, { name: "owner" });
    await using late = await second.machines.create(configuration, { name: "late" });
    await owner.start();
    const refused = await late.start().catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: "inUse" });
    expect(String(refused)).toContain("owner");
    expect(String(refused)).toContain(String(first.info.helper.processIdentifier));
    await owner.stop();
    await late.start();
    await late.stop();
  });

  it("a missing hypervisor is named with the command that gets it", async () => {
    await using helper = await launchHelper({ env: { VZKIT_QEMU: "/nowhere/qemu-system-x86_64" } });
    const { host } = helper.info;
    expect(host.isVirtualizationSupported).toBe(false);
    await expect(helper.machines.create(linuxGuest())).rejects.toMatchObject({
      kind: "hypervisorMissing",
      message: expect.stringContaining("/nowhere/qemu-system-x86_64"),
    });
  });

  it.each([
    ["info", 1],
    ["warning", 0],
  ])("what the hypervisor's program says is in the helper's log at level %s %i times", async (level, times) => {
    const program = path.join(folder, "talkative-qemu");
    await using facts = await launchHelper();
    const { hypervisor } = facts.info.host;
    const script = `#!/bin/sh\ncase "$*" in *memory-backend*) echo "a word from below" >&2 ;; esac\nexec '${hypervisor.path}' "$@"\n`;
    await writeFile(program, script, { mode: 0o755 });
    const lines: string[] = [];
    const env = { VZKIT_QEMU: program, VZKIT_LOG: level };
    const helper = await launchHelper({ env, stderr: (line) => lines.push(line) });
    const machine = await helper.machines.create(linuxGuest());
    await machine.start();
    const { hypervisorProcessIdentifier: pid } = await machine.state();
    await machine.stop();
    await helper[Symbol.asyncDispose]();
    const said = lines.filter((line) => line.includes("a word from below"));
    expect(said).toEqual(Array(times).fill(`vzkit-helper: info: talkative-qemu ${pid}: a word from below`));
  });

  it("a guest that ignores the request is stopped when its helper's input ends", async () => {
    const helper = await launchHelper({ shutdownGrace: 1 });
    const machine = await helper.machines.create(linuxGuest());
    await boot(machine);
    await runInGuest(machine, "killall power-button");
    const { hypervisorProcessIdentifier } = await machine.state();
    const pid = helper.info.helper.processIdentifier;
    await helper[Symbol.asyncDispose]();
    await Promise.all([pid, hypervisorProcessIdentifier ?? 0].map((id) => gone(id)));
  });

  it.each(["SIGTERM", "SIGINT"] as const)("%s ends the helper in order and leaves nothing behind", async (signal) => {
    const runtime = await mkdtemp(path.join(folder, "run-"));
    const helper = await launchHelper({ env: { XDG_RUNTIME_DIR: runtime }, shutdownGrace: 1 });
    const machine = await helper.machines.create(linuxGuest());
    await machine.start();
    (await machine.console.open()).destroy();
    const pid = helper.info.helper.processIdentifier;
    const children = await childrenOf(pid);
    expect(await readdir(runtime)).not.toEqual([]);
    process.kill(pid, signal);
    await Promise.all([pid, ...children].map((id) => gone(id)));
    expect(await readdir(runtime)).toEqual([]);
    await helper[Symbol.asyncDispose]();
  });

  it("a full disk leaves no half image behind", async (context) => {
    const mount = path.join(folder, "small");
    const { exitCode } = await execa("sh", ["-c", `mkdir -p ${mount} && mount -t tmpfs -o size=4m none ${mount}`], {
      reject: false,
    });
    if (exitCode !== 0) return context.skip("mounting a small file system needs root");
    try {
      await using helper = await launchHelper();
      const request = helper.disks.create(path.join(mount, "disk.img"), { size: 16 * 1024 * 1024, isSparse: false });
      await expect(request).rejects.toMatchObject({ kind: "outOfDiskSpace" });
      expect(await readdir(mount)).toEqual([]);
    } finally {
      await execa("umount", [mount]);
    }
  });

  it("cancelling the making of a disk leaves nothing behind", async () => {
    await using helper = await launchHelper();
    const controller = new AbortController();
    const request = helper.disks.create(path.join(folder, "cancelled.img"), {
      size: 8 * 1024 ** 3,
      isSparse: false,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(request).rejects.toMatchObject({ name: "AbortError" });
    await expect.poll(async () => (await readdir(folder)).filter((name) => name.includes("cancelled"))).toEqual([]);
  });

  it("refuses a listening path that is too long", async () => {
    const long = path.join(folder, "x".repeat(100));
    const { exitCode, stderr } = await execa(helperPath(), ["--listen", long], { reject: false });
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("100 bytes");
  });
});
