// The benchmark: ratios against peers taken in the same run, on a machine that should do nothing else meanwhile.
//   npm run bench [-- --json FILE] [--only NAME,NAME] [--quick]
import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, release } from "node:os";
import { parseArgs } from "node:util";
import { execa } from "execa";
import type { Context } from "./bench/context.js";
import { buildEcho } from "./bench/echo.js";
import { Libvirt } from "./bench/libvirt.js";
import { format, type Row } from "./bench/measure.js";
import { boot } from "./bench/rows/boot.js";
import { clone } from "./bench/rows/clone.js";
import { coldStart } from "./bench/rows/coldStart.js";
import { download } from "./bench/rows/download.js";
import { live } from "./bench/rows/live.js";
import { many } from "./bench/rows/many.js";
import { messages } from "./bench/rows/messages.js";
import { startStop } from "./bench/rows/startStop.js";
import { stream } from "./bench/rows/stream.js";
import { buildHelper } from "./build/buildHelper.js";
import { guestFiles } from "./guest/files.js";
import { main } from "./main.js";

const all = { messages, live, coldStart, startStop, boot, stream, many, download, clone };

async function peers(
  guest: { kernel: string; initrd: string },
  emulator: string,
): Promise<Pick<Context, "libvirt" | "libvirtReason">> {
  try {
    return { libvirt: await Libvirt.start({ ...guest, emulator }), libvirtReason: "" };
  } catch (error) {
    return { libvirt: undefined, libvirtReason: String(error) };
  }
}

function table(rows: Row[]): string {
  const cells = rows.map(({ what, value, unit, goal, detail }) => [
    goal === undefined ? "" : goal.met ? "met" : "NOT MET",
    what,
    `${format(value)} ${unit}`.trim(),
    goal === undefined ? "" : `${goal.comparison} ${goal.value}`,
    detail,
  ]);
  const header = ["", "what", "figure", "goal", "medians"];
  const widths = header.map((_, column) => Math.max(...[header, ...cells].map((line) => line[column]?.length ?? 0)));
  return [header, ...cells]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: "string" }, only: { type: "string" }, quick: { type: "boolean", default: false } },
  });
  const names = values.only?.split(",") ?? Object.keys(all);
  const report = (line: string) => process.stderr.write(`  ${line}\n`);
  const helperPath = await buildHelper();
  const guest = guestFiles();
  const { stdout: qemuPath } = await execa("sh", [
    "-c",
    `command -v qemu-system-${process.arch === "arm64" ? "aarch64" : "x86_64"}`,
  ]);
  const libvirt = await peers(guest, qemuPath);
  if (!libvirt.libvirt) report(`no libvirt, its rows are left out: ${libvirt.libvirtReason}`);
  const context: Context = {
    ...guest,
    ...libvirt,
    helperPath,
    echoPath: await buildEcho(),
    qemuPath,
    quick: values.quick,
    report,
  };
  const rows: Row[] = [];
  const failures: string[] = [];
  for (const [name, measure] of Object.entries(all)) {
    if (!names.includes(name)) continue;
    process.stderr.write(`${name}\n`);
    try {
      rows.push(...(await measure(context)));
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.stack : error}`);
    }
  }
  await context.libvirt?.[Symbol.asyncDispose]();
  const host = {
    cpu: cpus()[0]?.model,
    processors: availableParallelism(),
    kernel: release(),
    load: loadavg()[0],
    node: process.version,
  };
  process.stdout.write(`${table(rows)}\n${failures.map((failure) => `FAILED ${failure}\n`).join("")}`);
  if (values.json)
    await writeFile(
      values.json,
      `${JSON.stringify({ date: new Date().toISOString(), host, rows, failures }, undefined, 2)}\n`,
    );
  if (failures.length > 0) process.exitCode = 1;
}

await main(bench);
