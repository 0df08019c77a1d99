// Boots a real Linux guest through client, helper and hypervisor, proves from inside what it got, and stops it in order.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gib, type Helper, launchHelper, type MachineConfiguration, mib } from "../src/index.js";
import { buildHelper } from "./build/buildHelper.js";
import { ShownConsole } from "./demo/console.js";
import { insideFacts, type Proof, pauseAndResume, socketExchange, writtenBack } from "./demo/proofs.js";
import { Stopwatch } from "./demo/stopwatch.js";
import { guestFiles } from "./guest/files.js";
import { main } from "./main.js";

const diskSize = gib(1);

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function printProof({ what, answer }: Proof): void {
  print(`  ${what}: ${answer}`);
}

async function configure(helper: Helper, folder: string): Promise<MachineConfiguration> {
  const guest = guestFiles();
  const shared = path.join(folder, "shared");
  await mkdir(shared);
  await writeFile(path.join(shared, "from-host.txt"), "written by the host\n");
  const disk = await helper.disks.create(path.join(folder, "disk.img"), { size: diskSize });
  return {
    cpuCount: 2,
    memorySize: mib(512),
    bootLoader: {
      kind: "linux",
      kernelPath: guest.kernel,
      initialRamdiskPath: guest.initrd,
      commandLine: "console=hvc0 vzkit.share=shared vzkit.console=none",
    },
    storageDevices: [{ kind: "virtioBlock", attachment: { kind: "diskImage", path: disk.path } }],
    networkDevices: [{ kind: "virtio", attachment: { kind: "nat" } }],
    serialPorts: [{ kind: "virtioConsole", attachment: { kind: "stream" } }],
    entropyDevices: [{ kind: "virtio" }],
    memoryBalloonDevices: [{ kind: "virtioTraditional" }],
    directorySharingDevices: [
      { kind: "virtioFileSystem", tag: "shared", share: { kind: "single", directory: { path: shared } } },
    ],
    socketDevices: [{ kind: "virtio" }],
  };
}

async function run(helper: Helper, folder: string, watch: Stopwatch): Promise<void> {
  const { host } = helper.info;
  print(
    `${host.hypervisor.name} ${host.hypervisor.version ?? ""} (${host.hypervisor.accelerator}) on ${host.osVersion}, ${host.architecture}`,
  );
  await using machine = await helper.machines.create(await configure(helper, folder), { name: "demo" });
  watch.lap("helper launched, machine configured");
  await machine.start();
  watch.lap("machine.start");
  const shown = new ShownConsole(await machine.console.open(), print);
  await shown.line();
  watch.lap("guest's first console line");
  await shown.line("vzkit-guest: ready");
  watch.lap("guest ready");

  print("\nFrom inside the guest:");
  for (const proof of await insideFacts(machine)) printProof(proof);
  printProof(await writtenBack(path.join(folder, "shared")));
  printProof(await socketExchange(machine, 5000));
  watch.lap("proofs from inside");
  printProof(await pauseAndResume(machine));
  watch.lap("pause and resume");

  const stopped = machine.once("stopped");
  await machine.requestStop({ stopAfter: 60 });
  const { reason } = await stopped;
  watch.lap("orderly stop");
  print(`  stopped: ${reason === "request" ? "the guest turned itself off when asked" : reason}`);
}

async function demo(): Promise<void> {
  // The command's own start, before set-up, so that the summary tells all of it.
  const watch = new Stopwatch(Number(process.env.VZKIT_COMMAND_STARTED ?? Date.now()));
  const folder = await mkdtemp(path.join(tmpdir(), "vzkit-demo-"));
  try {
    const helperPath = await buildHelper();
    watch.lap("set-up");
    await using helper = await launchHelper({ path: helperPath });
    await run(helper, folder, watch);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  print(`\nTimes:\n${watch.summary()}`);
}

await main(demo);
