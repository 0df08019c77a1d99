import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Machine } from "../../src/index.js";
import { runInGuest } from "../guest/shell.js";

export interface Proof {
  what: string;
  answer: string;
}

/** Asks the guest, from inside, for what the host gave it. */
export async function insideFacts(machine: Machine): Promise<Proof[]> {
  const questions: [string, string][] = [
    ["uname -a", "uname -a"],
    ["CPUs", "nproc"],
    ["memory", "grep MemTotal /proc/meminfo"],
    ["block device /dev/vda", "cat /sys/block/vda/size | xargs -I{} echo {} sectors of 512 bytes"],
    ["shared folder, read by the guest", "cat /mnt/shared/from-host.txt"],
    [
      "shared folder, written by the guest",
      "echo \"written by $(uname -n) at uptime $(cut -d' ' -f1 /proc/uptime)\" > /mnt/shared/from-guest.txt && ls -l /mnt/shared/from-guest.txt",
    ],
    [
      "address from the NAT network",
      "for i in $(seq 100); do [ -s /run/address.eth0 ] && break; sleep 0.2; done; ip -4 -o addr show eth0 | xargs",
    ],
  ];
  const proofs: Proof[] = [];
  for (const [what, command] of questions) proofs.push({ what, answer: await runInGuest(machine, command) });
  return proofs;
}

/** Reads on the host what the guest wrote into the shared folder. */
export async function writtenBack(folder: string): Promise<Proof> {
  return {
    what: "the same file, read by the host",
    answer: (await readFile(path.join(folder, "from-guest.txt"), "utf8")).trim(),
  };
}

/** Lets the guest connect to a port of the host and exchanges a line in each direction. */
export async function socketExchange(machine: Machine, port: number): Promise<Proof> {
  await using listener = await machine.sockets.listen(port);
  const said = runInGuest(machine, `(echo hello from the guest; sleep 0.2) | vsock connect 2 ${port}`);
  for await (const connection of listener) {
    const [line] = (await once(createInterface({ input: connection }), "line")) as [string];
    connection.end("hello from the host\n");
    return { what: "virtio socket", answer: `guest said "${line}", host answered "${await said}"` };
  }
  throw new Error("the listener ended before the guest connected");
}

/** Holds the guest for a second; its uptime must stand still meanwhile. */
export async function pauseAndResume(machine: Machine): Promise<Proof> {
  const uptime = async () => Number(await runInGuest(machine, "cut -d' ' -f1 /proc/uptime"));
  const before = await uptime();
  await machine.pause();
  const { state } = await machine.state();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await machine.resume();
  const after = await uptime();
  return {
    what: "pause and resume",
    answer: `state ${state} for 1.0 s; guest uptime ${before} s before, ${after} s after`,
  };
}
