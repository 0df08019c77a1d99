import { mkdtemp, open, rm, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { gib, launchHelper, mib } from "../../../src/index.js";
import { type Context, rounds } from "../context.js";
import { cache } from "../echo.js";
import { configuration } from "../guest.js";
import { interleave, type Row, ratioRow, row } from "../measure.js";

const size = gib(64);
const extents = 256;
const extent = mib(4);

/** 1 GiB of noise in a disk of 64 GiB, spread evenly, as a used guest's disk has it. */
async function fill(disk: string): Promise<void> {
  const noise = Buffer.alloc(extent);
  await using file = await open(disk, "r+");
  for (let index = 0; index < extents; index++) {
    for (let at = 0; at < extent; at += 4) noise.writeUInt32LE(Math.imul(at + index, 2654435761) >>> 0, at);
    await file.write(noise, 0, extent, (size / extents) * index);
  }
  await file.sync();
}

/** Fails unless the extents of both are equal, and returns what the copy takes on the disk beyond its data, in percent. */
async function excess(disk: string, copy: string): Promise<number> {
  for (let index = 0; index < extents; index += 15) {
    const offset = String((size / extents) * index);
    await execa("cmp", ["-i", offset, "-n", String(2 * extent), disk, copy]);
  }
  const { blocks, size: copied } = await stat(copy);
  if (copied !== size) throw new Error(`the copy has ${copied} of ${size} bytes`);
  return ((blocks * 512) / (extents * extent) - 1) * 100;
}

/** Cloning a bundle, against a C program that copies its disk in the same way, and against cp. */
export async function clone(context: Context): Promise<Row[]> {
  const program = path.join(cache, "clone");
  await execa("cc", ["-O2", "-o", program, fileURLToPath(new URL("../clone.c", import.meta.url))]);
  const folder = await mkdtemp(path.join(cache, "clones-"));
  try {
    await using helper = await launchHelper({ path: context.helperPath });
    const bundle = path.join(folder, "source.vzkit");
    await helper.bundles.create(bundle, { configuration: configuration(context, ""), diskSize: size });
    const disk = path.join(bundle, "disk.img");
    await fill(disk);
    const copy = path.join(folder, "copy.img");
    const target = path.join(folder, "clone.vzkit");
    const timed = async (work: () => Promise<unknown>): Promise<number> => {
      // What earlier copies have left to be written must not slow this one down.
      await execa("sync");
      const start = performance.now();
      await work();
      const seconds = (performance.now() - start) / 1000;
      await rm(copy, { force: true });
      return seconds;
    };
    let over = 0;
    const vzkit = async () => {
      const seconds = await timed(() => helper.bundles.get(bundle).clone(target));
      over = Math.max(over, await excess(disk, path.join(target, "disk.img")));
      await helper.bundles.get(target).delete();
      return seconds;
    };
    const samples = await interleave(
      [
        { name: "vzkit", sample: vzkit },
        { name: "C", sample: () => timed(() => execa(program, [disk, copy])) },
        { name: "cp", sample: () => timed(() => execa("cp", [disk, copy])) },
      ],
      rounds(context, 6),
      context.report,
    );
    return [
      ratioRow("clone of a bundle / C copying its disk", samples, ["vzkit", "C"], "at most", 1, "s"),
      ratioRow("clone of a bundle / cp of its disk", samples, ["vzkit", "cp"], "at most", 0.95, "s"),
      row("disk space of a clone beyond its data", "%", over, "at most", 1, "1 GiB in 256 extents of a 64 GiB disk"),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
