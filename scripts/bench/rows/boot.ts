import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { type Helper, launchHelper } from "../../../src/index.js";
import { type Context, rounds } from "../context.js";
import { configuration, sameArguments } from "../guest.js";
import { interleave, type Row, ratioRow } from "../measure.js";
import { processorSeconds, type RawArguments, RawQemu, soundEmulation } from "../rawQemu.js";

const firstLine = "vzkit-guest: up";
const commandLine = "console=hvc0 quiet";

/** Resolves when the stream has shown the guest's first line from user land. */
function userland(stream: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = "";
    stream.on("data", (chunk: Buffer) => {
      seen = (seen + chunk.toString("latin1")).slice(-4096);
      if (seen.includes(firstLine)) resolve();
    });
    stream.once("end", () => reject(new Error(`the console ended before "${firstLine}": ${seen}`)));
  });
}

async function vzkit(helper: Helper, context: Context): Promise<number> {
  const machine = await helper.machines.create(configuration(context, commandLine));
  await machine.start();
  const console = await machine.console.open();
  await userland(console);
  const { hypervisorProcessIdentifier } = await machine.state();
  const seconds = await processorSeconds(hypervisorProcessIdentifier ?? 0);
  await machine.dispose();
  return seconds;
}

async function rawSame(context: Context, raw: RawArguments): Promise<number> {
  const qemu = new RawQemu(context.qemuPath, raw);
  await qemu.qmp.command("qmp_capabilities");
  const consoles = raw.sockets
    .filter((number) => number !== raw.monitor)
    .map((number) => userland(qemu.stream(number)));
  await qemu.qmp.command("cont");
  await Promise.any(consoles);
  const seconds = await processorSeconds(qemu.pid ?? 0);
  await qemu.quit();
  return seconds;
}

/** What a person types first: the old PC, the compressed kernel, everything on a serial console. */
async function naive(context: Context): Promise<number> {
  const words = [
    "-M",
    "pc",
    "-cpu",
    `qemu64,${soundEmulation}`,
    "-m",
    "512",
    "-nographic",
    "-no-reboot",
    "-kernel",
    context.kernel,
    "-initrd",
    context.initrd,
  ];
  const child = spawn(context.qemuPath, [...words, "-append", "console=ttyS0"], { stdio: ["pipe", "pipe", "inherit"] });
  await userland(child.stdout);
  const seconds = await processorSeconds(child.pid ?? 0);
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
  return seconds;
}

/** Processor seconds that a boot costs, up to the guest's first line from user land. */
export async function boot(context: Context): Promise<Row[]> {
  await using helper = await launchHelper({ path: context.helperPath });
  const same = await sameArguments(helper, configuration(context, commandLine));
  const samples = await interleave(
    [
      { name: "vzkit", sample: () => vzkit(helper, context) },
      { name: "raw QEMU", sample: () => rawSame(context, same) },
      { name: "naive QEMU", sample: () => naive(context) },
    ],
    rounds(context, 8),
    context.report,
  );
  return [
    ratioRow("guest CPU to user land / naive QEMU", samples, ["vzkit", "naive QEMU"], "at most", 0.8, "CPU s"),
    ratioRow(
      "guest CPU to user land / raw QEMU, same arguments",
      samples,
      ["vzkit", "raw QEMU"],
      "at most",
      1.03,
      "CPU s",
    ),
  ];
}
