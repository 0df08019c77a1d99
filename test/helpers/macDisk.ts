import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { mib } from "../../src/index.js";

const sectorSize = 512;
/** Sectors that a copy of a partition table takes. */
const tableSectors = 33;

/** The partitions of a virtual Mac's disk, in the order of their places. */
const types = [
  "69646961-6700-11AA-AA11-00306543ECAC",
  "7C3457EF-0000-11AA-AA11-00306543ECAC",
  "52637672-7900-11AA-AA11-00306543ECAC",
];

/** Bytes of the Recovery partition, unless a test wants another size. */
export const recoverySize = mib(24);

/** What `sgdisk` reads. */
export interface PartitionTable {
  partitions: { first: number; last: number; sha256: string }[];
  /** What it prints, without the partitions' places: names, types and GUIDs. */
  details: string;
}

async function sgdisk(...args: string[]): Promise<string> {
  // It lies where only root has it on PATH.
  const { all } = await execa("sgdisk", args, { all: true, env: { PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` } });
  return all;
}

/** Gives `disk.img` of a bundle the partitions that macOS makes, with noise and holes in them. `size` is Recovery's. */
export async function partitionDisk(bundle: string, size = recoverySize): Promise<void> {
  const disk = path.join(bundle, "disk.img");
  await using file = await open(disk, "r+");
  const sectors = (await file.stat()).size / sectorSize;
  const recovery = Math.floor((sectors - 34 - size / sectorSize + 1) / 8) * 8;
  const places = [
    [40, 40 + mib(1) / sectorSize - 1],
    [40 + mib(1) / sectorSize, recovery - 1],
    [recovery, recovery + size / sectorSize - 1],
  ];
  const make = places.flatMap(([first, last], index) => [
    `--new=${index + 1}:${first}:${last}`,
    `--typecode=${index + 1}:${types[index]}`,
    `--change-name=${index + 1}:${["iBootSystemContainer", "Container", "RecoveryOSContainer"][index]}`,
  ]);
  await sgdisk("--clear", "--set-alignment=8", ...make, disk);
  for (const [index, [first = 0, last = 0]] of places.entries())
    for (let at = first * sectorSize; at < last * sectorSize; at += mib(2)) {
      const noise = Buffer.alloc(Math.min(mib(1), last * sectorSize - at));
      for (let i = 0; i < noise.length - 3; i += 4) noise.writeUInt32LE(Math.imul(at + i + index, 2654435761) >>> 0, i);
      await file.write(noise, 0, noise.length, at);
    }
  await file.sync();
}

/** Rejects when `sgdisk` finds anything wrong with a table that should be without fault. */
export async function requireFaultless(bundle: string): Promise<void> {
  const output = await sgdisk("--verify", path.join(bundle, "disk.img"));
  if (!output.includes("No problems found")) throw new Error(output);
}

/** The table of a disk as `sgdisk` reads it; rejects when it has to choose between copies or mend one. */
export async function readTable(disk: string): Promise<PartitionTable> {
  const printed = await sgdisk("--print", disk);
  if (/corrupt|invalid|damage|caution|warning/i.test(printed)) throw new Error(printed);
  const infos = await Promise.all(types.map((_, index) => sgdisk(`--info=${index + 1}`, disk)));
  await using file = await open(disk, "r");
  const partitions = [];
  for (const info of infos) {
    const [first, last] = ["First", "Last"].map((end) => Number(new RegExp(`${end} sector: (\\d+)`).exec(info)?.[1]));
    if (first === undefined || last === undefined || !(first > 0 && last >= first)) throw new Error(info);
    const bytes = Buffer.alloc((last - first + 1) * sectorSize);
    await file.read(bytes, 0, bytes.length, first * sectorSize);
    partitions.push({ first, last, sha256: createHash("sha256").update(bytes).digest("hex") });
  }
  const details = infos.map((info) => info.replace(/^(First|Last) sector:.*$/gm, "")).join("\n");
  return { partitions, details };
}

/** The size of a disk and what is where the copies of its table can be, to be compared. */
export function tableState(disk: string, sizes: readonly number[]): string {
  const file = openSync(disk, "r");
  try {
    const size = fstatSync(file).size;
    const first = Buffer.alloc((tableSectors + 1) * sectorSize);
    readSync(file, first, 0, first.length, 0);
    const ends = sizes.map((end) => {
      const bytes = Buffer.alloc(tableSectors * sectorSize);
      readSync(file, bytes, 0, bytes.length, end - bytes.length);
      return bytes;
    });
    return `${size} ${createHash("sha256")
      .update(Buffer.concat([first, ...ends]))
      .digest("hex")}`;
  } finally {
    closeSync(file);
  }
}
