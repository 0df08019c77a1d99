import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile, readlink } from "node:fs/promises";
import type { Duplex } from "node:stream";

type Answer = { return?: unknown; error?: { desc: string }; event?: string };

/** QMP over a stream: one command at a time, events passed over. */
export class Qmp {
  #text = "";
  #waiting: ((answer: Answer) => void) | undefined;

  readonly #stream: Duplex;

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on("data", (chunk: Buffer) => this.#receive(chunk));
  }

  #receive(chunk: Buffer): void {
    this.#text += chunk.toString();
    for (let end = this.#text.indexOf("\n"); end >= 0; end = this.#text.indexOf("\n")) {
      const answer = JSON.parse(this.#text.slice(0, end)) as Answer;
      this.#text = this.#text.slice(end + 1);
      if (answer.return !== undefined || answer.error) this.#waiting?.(answer);
    }
  }

  command(execute: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting = ({ error, return: result }) => (error ? reject(new Error(error.desc)) : resolve(result));
      this.#stream.write(`{"execute":"${execute}"}\n`);
    });
  }
}

/** How many descriptors the raw process needs, by the number its arguments name them with. */
export interface RawArguments {
  arguments: string[];
  /** Descriptors that are one end of a socket pair, by their number. */
  sockets: number[];
  /** Descriptors that are open files, by their number. */
  files: Map<number, string>;
  /** The descriptor of the monitor. */
  monitor: number;
}

/** A QEMU of our own making: no helper, no client, its monitor and consoles on socket pairs. */
export class RawQemu {
  readonly qmp: Qmp;
  readonly #child: ChildProcess;
  readonly #streams: Map<number, Duplex>;

  constructor(program: string, raw: RawArguments) {
    const highest = Math.max(2, ...raw.sockets, ...raw.files.keys());
    const stdio: StdioOptions = Array.from({ length: highest + 1 }, () => "ignore");
    for (const number of raw.sockets) stdio[number] = "overlapped";
    const opened = [...raw.files].map(([number, file]) => {
      const descriptor = openSync(file, "r+");
      stdio[number] = descriptor;
      return descriptor;
    });
    stdio[2] = "inherit";
    this.#child = spawn(program, raw.arguments, { stdio });
    for (const descriptor of opened) closeSync(descriptor);
    this.#streams = new Map(raw.sockets.map((number) => [number, this.#child.stdio[number] as Duplex]));
    // A process that quits resets its sockets; its exit tells all there is to know.
    for (const stream of this.#streams.values()) stream.on("error", () => {});
    this.qmp = new Qmp(this.stream(raw.monitor));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  stream(number: number): Duplex {
    const stream = this.#streams.get(number);
    if (!stream) throw new Error(`descriptor ${number} is no socket of this process`);
    return stream;
  }

  async quit(): Promise<void> {
    const exited = once(this.#child, "exit");
    // The answer may be lost in the exit; only the exit counts.
    this.qmp.command("quit").catch(() => {});
    await exited;
  }
}

/** What QEMU before 8.0 emulates wrongly, left out: about one boot in fourteen hangs with it. */
export const soundEmulation = "cx16=off";

/** A plain q35 guest, the least that answers on QMP and boots the kernel. */
export function plainArguments(guest: { kernel: string; initrd: string }, commandLine: string): RawArguments {
  return {
    arguments: [
      ..."-nodefaults -no-user-config -M q35 -accel tcg -m 512 -display none -S".split(" "),
      ...["-cpu", `max,${soundEmulation}`],
      ..."-chardev socket,id=q,fd=3 -mon chardev=q,mode=control".split(" "),
      ..."-device virtio-serial-pci -chardev socket,id=c,fd=4 -device virtconsole,chardev=c".split(" "),
      ...["-kernel", guest.kernel, "-initrd", guest.initrd, "-append", commandLine],
    ],
    sockets: [3, 4],
    files: new Map(),
    monitor: 3,
  };
}

/** The arguments of a running QEMU, to start the same one again by hand; sockets and files are told apart by what they are. */
export async function argumentsOf(pid: number): Promise<RawArguments> {
  const words = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0").slice(1, -1);
  const sockets: number[] = [];
  const files = new Map<number, string>();
  for (const [, digits] of words.join("\n").matchAll(/\bfd=(\d+)/g)) {
    const number = Number(digits);
    const target = await readlink(`/proc/${pid}/fd/${number}`);
    if (target.startsWith("socket:")) sockets.push(number);
    else files.set(number, target);
  }
  const monitorName = /chardev=([^,]+)/.exec(words[words.indexOf("-mon") + 1] ?? "")?.[1];
  const monitor = words.find((word) => word.startsWith("socket,") && word.includes(`id=${monitorName}`));
  return { arguments: words, sockets, files, monitor: Number(/fd=(\d+)/.exec(monitor ?? "")?.[1]) };
}

/** Processor seconds that a process and its threads have used so far. */
export async function processorSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
