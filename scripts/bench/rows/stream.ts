import type { Readable } from "node:stream";
import { type Helper, launchHelper } from "../../../src/index.js";
import { type Context, rounds } from "../context.js";
import { configuration } from "../guest.js";
import { interleave, type Row, ratioRow } from "../measure.js";
import { plainArguments, RawQemu } from "../rawQemu.js";

const mebibytes = 16;
const commandLine = `console=hvc0 quiet vzkit.run="echo BEGIN; dd if=/dev/zero bs=64k count=${mebibytes * 16} 2>/dev/null | tr '\\0' x; for i in 1 2 3 4 5 6 7 8 9; do sleep 0.2; echo END; done"`;

/**
 * Delivered MiB a second between the line BEGIN and the line END of a console. A Virtio console drops what its socket
 * does not take: QEMU alone loses bytes to a busy reader (even the
 * line END, which the guest repeats), the helper may not lose one.
 */
function rate(stream: Readable, mayLose: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    let started: bigint | undefined;
    let last = 0n;
    let count = 0;
    let seen = "";
    stream.on("data", (chunk: Buffer) => {
      const text = chunk.toString("latin1");
      seen = seen.slice(-16) + text;
      if (started === undefined) {
        if (!seen.includes("BEGIN")) return;
        started = process.hrtime.bigint();
      }
      const flood = occurrences(text);
      if (flood > 1024) last = process.hrtime.bigint();
      count += flood;
      const end = seen.indexOf("END");
      if (end < 0) return;
      // What the guest says after it is not part of the flood.
      count -= occurrences(seen.slice(end));
      const seconds = Number(last - started) / 1e9;
      if (mayLose || count === mebibytes * 1024 * 1024) resolve(count / 1024 / 1024 / seconds);
      else reject(new Error(`the console delivered ${count} of ${mebibytes * 1024 * 1024} bytes`));
    });
    stream.once("end", () => reject(new Error("the console ended early")));
  });
}

function occurrences(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) === 120) count++;
  return count;
}

async function vzkit(helper: Helper, context: Context): Promise<number> {
  const machine = await helper.machines.create(configuration(context, commandLine));
  await machine.start();
  const result = await rate(await machine.console.open(), false);
  await machine.dispose();
  return result;
}

async function raw(context: Context): Promise<number> {
  const qemu = new RawQemu(context.qemuPath, plainArguments(context, commandLine));
  await qemu.qmp.command("qmp_capabilities");
  const result = rate(qemu.stream(4), true);
  await qemu.qmp.command("cont");
  const value = await result;
  await qemu.quit();
  return value;
}

/** A guest that prints as fast as it can, read through the client and read from QEMU's socket by hand. */
export async function stream(context: Context): Promise<Row[]> {
  await using helper = await launchHelper({ path: context.helperPath });
  const samples = await interleave(
    [
      { name: "vzkit", sample: () => vzkit(helper, context) },
      { name: "raw QEMU", sample: () => raw(context) },
    ],
    rounds(context, 6),
    context.report,
  );
  return [
    ratioRow("console stream / raw QEMU socket chardev", samples, ["vzkit", "raw QEMU"], "at least", 0.9, "MiB/s"),
  ];
}
