import { launchHelper } from "../../../src/index.js";
import { type Context, rounds } from "../context.js";
import { configuration } from "../guest.js";
import { informationRow, interleave, median, type Row } from "../measure.js";
import { plainArguments, RawQemu } from "../rawQemu.js";

// Few a sample and many samples, for the reason given with the row of `ping`.
const count = 100;

async function roundTrip(query: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const started = process.hrtime.bigint();
    await query();
    times.push(Number(process.hrtime.bigint() - started) / 1e3);
  }
  return median(times);
}

/** A live state query, through client and helper to QEMU's monitor, against the same query made directly from Node. */
export async function live(context: Context): Promise<Row[]> {
  await using helper = await launchHelper({ path: context.helperPath });
  const machine = await helper.machines.create(configuration(context, "quiet"));
  await machine.start({ paused: true });
  const raw = new RawQemu(context.qemuPath, plainArguments(context, "quiet"));
  await raw.qmp.command("qmp_capabilities");
  const params = { machine: machine.handle, live: true };
  const samples = await interleave(
    [
      { name: "vzkit", sample: () => roundTrip(() => helper.request("machine.state", params)) },
      { name: "QMP from Node", sample: () => roundTrip(() => raw.qmp.command("query-status")) },
    ],
    rounds(context, 60),
    context.report,
  );
  await raw.quit();
  await machine.dispose();
  return [informationRow("live machine.state / direct QMP from Node", samples, ["vzkit", "QMP from Node"], "µs")];
}
