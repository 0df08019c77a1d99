import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { Machine } from "../../src/index.js";

/** The virtio socket port on which the test guest gives each connection a shell. */
const shellPort = 1024;

/** Runs a command in the test guest and returns what it prints, without the closing line break. */
export async function runInGuest(machine: Machine, command: string, signal?: AbortSignal): Promise<string> {
  const connection = await machine.sockets.connect(shellPort, { signal });
  connection.end(`${command}\n`);
  const output = await text(connection);
  if (!connection.closed) await once(connection, "close");
  return output.replace(/\n$/, "");
}
