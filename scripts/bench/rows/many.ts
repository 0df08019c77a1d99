import { launchHelper } from "../../../src/index.js";
import type { Context } from "../context.js";
import { configuration } from "../guest.js";
import { type Row, row } from "../measure.js";
import { residentMemory } from "./coldStart.js";

const count = 50;

/** Fifty machines of one helper, all paused at the same time, and what each weighs in the helper. */
export async function many(context: Context): Promise<Row[]> {
  await using helper = await launchHelper({ path: context.helperPath });
  const pid = helper.info.helper.processIdentifier;
  const before = await residentMemory(pid);
  const machines = [];
  let failures = 0;
  for (let i = 0; i < count; i++) {
    const machine = await helper.machines.create({ ...configuration(context, "quiet"), memorySize: 128 * 1024 * 1024 });
    machines.push(machine);
    await machine.start({ paused: true }).catch(() => failures++);
  }
  const weight = ((await residentMemory(pid)) - before) / count;
  await Promise.all(machines.map((machine) => machine.stop().catch(() => failures++)));
  await Promise.all(machines.map((machine) => machine.dispose()));
  return [
    row(
      `${count} machines created, started paused and stopped: failures`,
      "",
      failures,
      "at most",
      0,
      "by one helper, all at once",
    ),
    row("memory of a machine in the helper", "MiB", weight, "at most", 1, `resident, mean of ${count}`),
  ];
}
