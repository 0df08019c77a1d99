import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { type Context, rounds } from "../context.js";
import { interleave, median, type Row, ratioRow, row } from "../measure.js";

const request = '{"jsonrpc":"2.0","id":1,"method":"ping","params":{}}';
const frame = `Content-Length: ${request.length}\r\n\r\n${request}`;

/** Milliseconds from spawn to the first answer, and the resident memory in MiB of the idle process after it. */
async function start(program: string): Promise<{ milliseconds: number; memory: number }> {
  const started = process.hrtime.bigint();
  const child = spawn(program, { stdio: ["pipe", "pipe", "ignore"] });
  child.stdin.write(frame);
  await new Promise((resolve, reject) => {
    child.stdout.once("data", resolve);
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`${program} ended before it answered`)));
  });
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
  const memory = await residentMemory(child.pid);
  child.removeAllListeners("exit");
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.stdin.end();
  await exited;
  return { milliseconds, memory };
}

/** Resident memory of a process in MiB. */
export async function residentMemory(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

/** Spawn to first answer against the C echo, and what the idle helper weighs. */
export async function coldStart(context: Context): Promise<Row[]> {
  const memory: number[] = [];
  const samples = await interleave(
    [
      {
        name: "vzkit-helper",
        sample: async () => {
          const result = await start(context.helperPath);
          memory.push(result.memory);
          return result.milliseconds;
        },
      },
      { name: "C echo", sample: async () => (await start(context.echoPath)).milliseconds },
    ],
    rounds(context, 50),
    () => {},
  );
  return [
    ratioRow("spawn to first answer / C echo", samples, ["vzkit-helper", "C echo"], "at most", 2, "ms"),
    row("idle memory of the helper", "MiB", median(memory), "at most", 12, "resident, after the first answer"),
  ];
}
