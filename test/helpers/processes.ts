import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { execa } from "execa";

interface ProcessInfo {
  pid: number;
  parent: number;
  /** The letter that the system has for its state; Z is a zombie. */
  state: string;
}

/** Whether a process exists and is no zombie. */
export async function isRunning(pid: number): Promise<boolean> {
  const info = process.platform === "linux" ? await readProc(pid) : (await listByPs()).find((it) => it.pid === pid);
  return info !== undefined && !/^[ZX]/.test(info.state);
}

/** Resolves when the process is gone; rejects after `seconds`. */
export async function gone(pid: number, seconds = 30): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (await isRunning(pid)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} still runs after ${seconds} s`);
    await delay(50);
  }
}

/** Ids of the children of a process, zombies left out. */
export async function childrenOf(pid: number): Promise<number[]> {
  const all = process.platform === "linux" ? await listByProc() : await listByPs();
  return all.filter(({ parent, state }) => parent === pid && !/^[ZX]/.test(state)).map((it) => it.pid);
}

async function listByProc(): Promise<ProcessInfo[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  return (await Promise.all(pids.map(readProc))).filter((it) => it !== undefined);
}

async function readProc(pid: number): Promise<ProcessInfo | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name of the program stands in parentheses and can hold anything, so what follows the last one counts.
  const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return state && parent ? { pid, parent: Number(parent), state } : undefined;
}

async function listByPs(): Promise<ProcessInfo[]> {
  const { stdout } = await execa("ps", ["-A", "-o", "pid=,ppid=,state="]);
  return stdout.split("\n").map((line) => {
    const [pid, parent, state = ""] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), state };
  });
}
