import type { Helper, MachineConfiguration } from "../../src/index.js";
import type { Context } from "./context.js";
import { argumentsOf, type RawArguments } from "./rawQemu.js";

const mib = 1024 * 1024;

/** The guest of all rows: one CPU, 512 MiB, a console. */
export function configuration(context: Context, commandLine: string): MachineConfiguration {
  return {
    cpuCount: 1,
    memorySize: 512 * mib,
    bootLoader: {
      kind: "linux",
      kernelPath: context.kernel,
      initialRamdiskPath: context.initrd,
      commandLine,
    },
    serialPorts: [{ kind: "virtioConsole", attachment: { kind: "stream" } }],
    entropyDevices: [{ kind: "virtio" }],
  };
}

/** The arguments that the helper gives QEMU for a machine of this configuration, to start the same one by hand. */
export async function sameArguments(helper: Helper, configuration: MachineConfiguration): Promise<RawArguments> {
  await using machine = await helper.machines.create(configuration);
  await machine.start({ paused: true });
  const { hypervisorProcessIdentifier } = await machine.state();
  // Awaited here: with the end of this function its process goes.
  return await argumentsOf(hypervisorProcessIdentifier ?? 0);
}
