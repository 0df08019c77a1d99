/**
 * `npm run demo:mac [-- FOLDER]`: runs examples/mac.ts. On a Mac that is all. On Linux the same program runs to its end on
 * the stand-in Mac, with a restore image and a list of such from a server of this script; nothing of it is macOS.
 *
 * FOLDER is where the Mac is kept. On Linux, without one, it is removed in the end; after Ctrl-C it stays, and the next run
 * goes on from there.
 */
import { mkdir, readFile, rm, watch, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { buildHelper } from "./build/buildHelper.js";
import { main } from "./main.js";
import { SetupError } from "./setup/errors.js";
import { cachePath } from "./setup/paths.js";
import { Progress } from "./setup/progress.js";
import { noticeOf } from "./standIn/notice.mjs";
import { PrefixedProgram } from "./standIn/prefixedProgram.js";
import { proofFile, RestoreServer } from "./standIn/restoreServer.js";

const example = fileURLToPath(new URL("../examples/mac.ts", import.meta.url));
const command = ["--import", import.meta.resolve("tsx"), example];

const payloadSize = 192 << 20;
/** Bytes a second of each connection: as from a fast line, so that there is something to see. */
const rate = 16 << 20;
const prefix = noticeOf("demoMac");

const say = (line: string) => process.stdout.write(`${prefix}${line}\n`);

async function onMac(helper: string, folder: string | undefined): Promise<void> {
  const program = execa(process.execPath, [...command, ...(folder === undefined ? [] : [folder])], {
    stdio: "inherit",
    env: { VZKIT_HELPER: helper },
    reject: false,
  });
  // The program turns the Mac off at Ctrl-C, which this one waits for.
  process.on("SIGINT", () => {});
  process.exitCode = (await program).exitCode ?? 1;
}

/** Runs the example until its guest has written into the shared folder, then stops it as Ctrl-C does. */
async function runOnce(folder: string, project: string, env: Record<string, string>): Promise<boolean> {
  const proof = join(project, proofFile);
  await rm(proof, { force: true });
  const program = new PrefixedProgram([...command, folder], { cwd: project, env }, say);
  const ended = new AbortController();
  const written = appears(project, proofFile, ended.signal);
  program.exit.then(() => ended.abort());
  if (await written) {
    say("Written by the guest into the shared folder:");
    for (const line of (await readFile(proof, "utf8")).trimEnd().split("\n")) say(`  ${line}`);
    program.interrupt();
  }
  const status = await program.exit;
  if (program.wasInterrupted) return false;
  if (status !== 0) throw new SetupError(`examples/mac.ts failed with exit status ${status}.`);
  return true;
}

/** Whether a file appears in a folder before the signal comes. */
async function appears(folder: string, name: string, signal: AbortSignal): Promise<boolean> {
  try {
    for await (const { filename } of watch(folder, { signal })) if (filename === name) return true;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return false;
}

async function onLinux(helper: string, wanted: string | undefined): Promise<void> {
  const folder = wanted ?? cachePath("demo-mac");
  const project = join(folder, "project");
  await mkdir(project, { recursive: true });
  await writeFile(join(project, "from-the-host.txt"), "written by the host\n");
  const macs = join(folder, "macs");
  await using server = await RestoreServer.start({ folder: join(folder, "server"), payloadSize, rate });
  const env = { ...server.environment, VZKIT_HELPER: helper };
  let isThrough = await runOnce(macs, project, env);
  if (isThrough) {
    say("Once more: it is there, and only started.");
    isThrough = await runOnce(macs, project, env);
  }
  if (isThrough && wanted === undefined) await rm(folder, { recursive: true });
  else if (!isThrough) say("Interrupted; run it again and it goes on from here.");
  process.exitCode = isThrough ? 0 : 130;
}

await main(async () => {
  const [folder] = process.argv.slice(2);
  const helper = await buildHelper(new Progress(process.stderr, prefix));
  await (process.platform === "darwin" ? onMac(helper, folder) : onLinux(helper, folder));
}, prefix);
