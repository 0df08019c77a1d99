import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** Whether a process exists and is no zombie. */
export async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  return stat !== undefined && !/\) [ZX] /.test(stat);
}

/** Resolves when the process is gone; rejects after `seconds`. */
export async function gone(pid: number, seconds = 30): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (await isRunning(pid)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} still runs after ${seconds} s`);
    await delay(50);
  }
}

/** Ids of the children of a process. */
export async function childrenOf(pid: number): Promise<number[]> {
  const lists = await Promise.all(
    (await readdir(`/proc/${pid}/task`)).map((thread) =>
      readFile(`/proc/${pid}/task/${thread}/children`, "utf8").catch(() => ""),
    ),
  );
  return lists.flatMap((list) => list.split(" ").filter(Boolean).map(Number));
}
