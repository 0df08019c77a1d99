import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { guestFiles } from "../../scripts/guest/files.js";
import { runInGuest } from "../../scripts/guest/shell.js";
import {
  type ConsoleStream,
  type Machine,
  type MachineConfiguration,
  type MachineStartResult,
  mib,
  RequestError,
  type StartOptions,
} from "../../src/index.js";

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

/** Reads the console until it has shown `wanted`, what was printed before included; resolves with everything read. */
export async function consoleShows(machine: Machine, wanted: string): Promise<string> {
  return shows(await machine.console.open(), wanted);
}

/** Starts a machine and waits until the guest is ready for commands. */
export async function boot(machine: Machine): Promise<void> {
  const { endOffset } = await disposed(await machine.console.open());
  await machine.start();
  // What an earlier start printed says nothing about this one.
  await shows(await machine.console.open({ from: endOffset }), "vzkit-guest: ready");
}

/** The same for a machine without a console, by its socket device. */
export async function bootSilently(machine: Machine, options: StartOptions = {}): Promise<MachineStartResult> {
  const result = await machine.start(options);
  for (;;) {
    try {
      await runInGuest(machine, "true");
      return result;
    } catch (error) {
      const kind = error instanceof RequestError ? error.kind : undefined;
      if (kind !== "guestRefused" && kind !== "invalidState") throw error;
      const { state } = await machine.state();
      if (state !== "running") throw new Error(`The machine is ${state}.`, { cause: error });
      await delay(100);
    }
  }
}

async function shows(stream: ConsoleStream, wanted: string): Promise<string> {
  let seen = "";
  for await (const chunk of stream) {
    seen += String(chunk);
    if (seen.includes(wanted)) return seen;
  }
  throw new Error(`the console ended without "${wanted}"; it showed: ${seen}`);
}

async function disposed(stream: ConsoleStream): Promise<ConsoleStream> {
  await stream[Symbol.asyncDispose]();
  return stream;
}
