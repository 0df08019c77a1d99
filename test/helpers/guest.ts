import { existsSync } from "node:fs";
import { guestFiles } from "../../scripts/guest/files.js";
import { type Machine, type MachineConfiguration, mib } from "../../src/index.js";

/** The test guest's files, which set-up makes. */
export const guest = guestFiles();

if (!existsSync(guest.kernel)) throw new Error(`There is no test guest at ${guest.kernel}; npm test makes it.`);

/** A small Linux guest with a console; `more` adds devices, `commandLine` adds options of the test guest. */
export function linuxGuest(more: Partial<MachineConfiguration> = {}, commandLine = ""): MachineConfiguration {
  return {
    cpuCount: 1,
    memorySize: mib(256),
    bootLoader: {
      kind: "linux",
      kernelPath: guest.kernel,
      initialRamdiskPath: guest.initrd,
      commandLine: `console=hvc0 quiet ${commandLine}`.trim(),
    },
    serialPorts: [{ kind: "virtioConsole", attachment: { kind: "stream" } }],
    socketDevices: [{ kind: "virtio" }],
    ...more,
  };
}

/** Reads the console until it has shown `wanted`; resolves with everything read. */
export async function consoleShows(machine: Machine, wanted: string): Promise<string> {
  const stream = await machine.console();
  let seen = "";
  try {
    for await (const chunk of stream) {
      seen += String(chunk);
      if (seen.includes(wanted)) return seen;
    }
  } finally {
    stream.destroy();
  }
  throw new Error(`the console ended without "${wanted}"; it showed: ${seen}`);
}

/** Starts a machine and waits until the guest is ready for commands. */
export async function boot(machine: Machine): Promise<void> {
  await machine.start();
  await consoleShows(machine, "vzkit-guest: ready");
}
