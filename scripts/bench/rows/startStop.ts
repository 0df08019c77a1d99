import { setTimeout } from "node:timers/promises";
import { type Helper, launchHelper } from "../../../src/index.js";
import { type Context, rounds } from "../context.js";
import { configuration, sameArguments } from "../guest.js";
import { interleave, type Row, ratioRow, type Samples } from "../measure.js";
import { type RawArguments, RawQemu } from "../rawQemu.js";

interface Cycle {
  start: number;
  stop: number;
}

function since(started: bigint): number {
  return Number(process.hrtime.bigint() - started) / 1e6;
}

async function vzkit(helper: Helper, context: Context): Promise<Cycle> {
  const machine = await helper.machines.create(configuration(context, "quiet"));
  const started = process.hrtime.bigint();
  await machine.start();
  const start = since(started);
  const stopping = process.hrtime.bigint();
  await machine.stop();
  const stop = since(stopping);
  await machine.dispose();
  return { start, stop };
}

async function raw(context: Context, same: RawArguments): Promise<Cycle> {
  const started = process.hrtime.bigint();
  const qemu = new RawQemu(context.qemuPath, same);
  await qemu.qmp.command("qmp_capabilities");
  await qemu.qmp.command("cont");
  const start = since(started);
  const stopping = process.hrtime.bigint();
  await qemu.quit();
  return { start, stop: since(stopping) };
}

/**
 * Starting and forcibly stopping a machine, against the same QEMU by hand (the arguments that the helper gives it) and
 * against libvirt, which gets the same files.
 */
export async function startStop(context: Context): Promise<Row[]> {
  await using helper = await launchHelper({ path: context.helperPath });
  const same = await sameArguments(helper, configuration(context, "quiet"));
  const stops: Samples = new Map();
  const variant = (name: string, cycle: () => Promise<Cycle>) => ({
    name,
    sample: async () => {
      const { start, stop } = await cycle();
      stops.set(name, [...(stops.get(name) ?? []), stop]);
      return start;
    },
  });
  const { libvirt } = context;
  const variants = [variant("vzkit", () => vzkit(helper, context)), variant("raw QEMU", () => raw(context, same))];
  if (libvirt) {
    variants.push(
      variant("libvirt", async () => {
        const { create, destroy } = await libvirt.cycle();
        // Its daemon goes on tidying up for a while, which whoever comes next would pay for.
        await setTimeout(500);
        return { start: create, stop: destroy };
      }),
    );
  }
  const starts = await interleave(variants, rounds(context, 12), context.report);
  const rows = [
    ratioRow("machine.start / raw QEMU ready on QMP", starts, ["vzkit", "raw QEMU"], "at most", 1.25, "ms"),
    ratioRow("forced stop / QMP quit", stops, ["vzkit", "raw QEMU"], "at most", 3, "ms"),
  ];
  if (libvirt) {
    rows.push(
      ratioRow("machine.start / libvirt create", starts, ["vzkit", "libvirt"], "at most", 0.2, "ms"),
      ratioRow("forced stop / libvirt destroy", stops, ["vzkit", "libvirt"], "at most", 0.02, "ms"),
    );
  }
  return rows;
}
