import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, existsSync } from "node:fs";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { type Helper, launchHelper } from "../../../src/index.js";
import { type Context, rounds } from "../context.js";
import { informationRow, interleave, type Row, ratioRow, row } from "../measure.js";

/** One transfer: wall-clock and processor seconds. */
interface Run {
  wall: number;
  processor: number;
}

/** A file to serve, as many MiB long as told, that no part of the way can compress or leave out. */
async function makeFile(file: string, mebibytes: number): Promise<void> {
  await using output = await open(file, "w");
  const block = Buffer.alloc(1 << 20);
  for (let index = 0; index < mebibytes; index++) {
    createHash("shake256", { outputLength: block.length })
      .update(String(index % 8))
      .digest()
      .copy(block);
    await output.write(block);
  }
  // Only what begins and ends as a zip archive is taken for a restore image.
  await output.write("PK\u0003\u0004", 0, "latin1");
  await output.write(
    Buffer.concat([Buffer.from("PK\u0005\u0006", "latin1"), Buffer.alloc(18)]),
    0,
    22,
    (mebibytes << 20) - 22,
  );
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** The smallest server there is, in C, so that the clients are what is measured. */
async function startServer(folder: string, file: string): Promise<{ url: string; stop(): Promise<void> }> {
  const program = path.join(folder, "server");
  const source = fileURLToPath(new URL("../fileServer.c", import.meta.url));
  await execa("cc", ["-O2", "-pthread", "-o", program, source]);
  const child = spawn(program, [file], { stdio: ["pipe", "pipe", "inherit"] });
  const [port] = (await once(createInterface(child.stdout), "line")) as [string];
  const stop = async () => {
    child.stdin.end();
    await once(child, "exit");
  };
  return { url: `http://127.0.0.1:${port}/file.ipsw`, stop };
}

/** Runs a command line in a shell that counts the processor time of what it runs. */
async function timed(command: string): Promise<Run> {
  const started = process.hrtime.bigint();
  const { stderr } = await execa("bash", ["-c", `TIMEFORMAT="%U %S"; time { ${command}; }`]);
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  const [user = 0, system = 0] = (stderr.split("\n").at(-1) ?? "").split(" ").map(Number);
  return { wall, processor: user + system };
}

/** Processor seconds that a process has used. */
async function processorTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function measured(helper: Helper, body: () => Promise<unknown>): Promise<Run> {
  const pid = helper.info.helper.processIdentifier;
  const before = await processorTime(pid);
  const started = process.hrtime.bigint();
  await body();
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  return { wall, processor: (await processorTime(pid)) - before };
}

async function peakMemory(helper: Helper): Promise<number> {
  const status = await readFile(`/proc/${helper.info.helper.processIdentifier}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

/** Downloads from a server on this host against curl, into memory, so that the disk's own speed is left out. */
export async function download(context: Context): Promise<Row[]> {
  const place = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
  const folder = await mkdtemp(path.join(place, "vzkit-bench-"));
  const mebibytes = context.quick ? 512 : 1024;
  const source = path.join(folder, "source");
  const target = path.join(folder, "target");
  await makeFile(source, mebibytes);
  const sha256 = await digestOf(source);
  const server = await startServer(folder, source);
  await using helper = await launchHelper({ path: context.helperPath });
  // With instructions for SHA-256 hashing is faster than any download on two cores that also run the server; without
  // them it is the bottleneck.
  await using slowHelper = await launchHelper({ path: context.helperPath, env: { OPENSSL_ia32cap: ":~0x20000000" } });
  try {
    const curl = `curl -s --noproxy '*' ${server.url}`;
    const processor: Record<string, number[]> = {};
    const variant = (name: string, run: () => Promise<Run>) => ({
      name,
      sample: async () => {
        const { wall, processor: seconds } = await run();
        processor[name] = [...(processor[name] ?? []), seconds];
        await rm(target, { force: true });
        return mebibytes / wall;
      },
    });
    const downloadBy = (by: Helper, connections: number, more: object) =>
      measured(by, () => by.restoreImages.download(server.url, { to: target, connections, ...more }));
    const ours = (connections: number, more = {}) => downloadBy(helper, connections, more);
    const hashed = (by: Helper) => measured(by, () => by.restoreImages.download(source, { sha256 }));
    const samples = await interleave(
      [
        variant("curl", () => timed(`${curl} -o ${target}`)),
        variant("vzkit", () => ours(1)),
        variant("vzkit over 4", () => ours(4)),
        variant("vzkit checked", () => ours(1, { sha256 })),
        variant("curl, then sha256sum", () => timed(`${curl} -o ${target} && sha256sum ${target}`)),
        variant("curl into tee and sha256sum", () => timed(`${curl} | tee ${target} | sha256sum`)),
        variant("SHA-256 only", () => hashed(helper)),
        variant("vzkit checked, no instructions", () => downloadBy(slowHelper, 1, { sha256 })),
        variant("SHA-256 only, no instructions", () => hashed(slowHelper)),
      ],
      rounds(context, 9),
      context.report,
    );
    const walls = new Map([...samples].map(([name, rates]) => [name, rates.map((rate) => mebibytes / rate)]));
    const times = new Map(Object.entries(processor));
    const hashing = (what: string, by: string) =>
      informationRow(what, samples, [`vzkit checked${by}`, `SHA-256 only${by}`], "MiB/s");
    const byHand = (peer: string, goal: number) =>
      ratioRow(`time of a checked download / ${peer}`, walls, ["vzkit checked", peer], "at most", goal, "s");
    return [
      ratioRow("download / curl -o", samples, ["vzkit", "curl"], "at least", 0.9, "MiB/s"),
      ratioRow("download over 4 connections / curl -o", samples, ["vzkit over 4", "curl"], "at least", 1.3, "MiB/s"),
      ratioRow("processor time of a download / curl -o", times, ["vzkit", "curl"], "at most", 1.3, "s"),
      ratioRow("processor time over 4 / curl -o", times, ["vzkit over 4", "curl"], "at most", 1.3, "s"),
      byHand("curl, then sha256sum", 0.6),
      byHand("curl into tee and sha256sum", 0.9),
      hashing("checked download / SHA-256 only", ""),
      hashing("checked download / SHA-256 only, without SHA instructions", ", no instructions"),
      row("memory of the helper, downloads done", "MiB", await peakMemory(helper), "at most", 48, "peak, resident"),
    ];
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
