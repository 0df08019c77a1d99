import type { MachineConfiguration } from "../../src/index.js";
import type { Context } from "./context.js";

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
