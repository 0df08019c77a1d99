import { closeSync, openSync, readSync } from "node:fs";

/** The processors that programs of Linux (ELF) and macOS (Mach-O) name, as Node calls them. */
const elfProcessors: Record<number, string> = { 62: "x64", 183: "arm64", 3: "ia32", 40: "arm", 243: "riscv64" };
const machProcessors: Record<number, string> = { 16777223: "x64", 16777228: "arm64" };

const systems = { linux: "Linux", darwin: "macOS" } as Record<string, string>;

interface ProgramFormat {
  system: "linux" | "darwin";
  /** The processor; undefined for one of several, or one that is not known here. */
  processor?: string | undefined;
}

/**
 * Says why the system cannot run a file, or runs it as something that it is not: a shell takes over what the system
 * refuses. Undefined for a program of this system and processor, and for a script.
 */
export function programProblem(path: string): string | undefined {
  const start = readStart(path);
  if (start === undefined || start.toString("latin1", 0, 2) === "#!") return undefined;
  if (start.length === 0) return "is empty; install it anew";
  const format = formatOf(start);
  if (format === undefined) return "is not a program; install it anew";
  if (format.system !== process.platform) {
    return `was built for ${systems[format.system]}; this system is ${systems[process.platform] ?? process.platform}`;
  }
  const { processor } = format;
  // An Apple processor runs programs of the other kind as well.
  if (processor === undefined || processor === process.arch || process.platform === "darwin") return undefined;
  return `was built for ${processor} processors; this one is ${process.arch}`;
}

function formatOf(start: Buffer): ProgramFormat | undefined {
  if (start.length < 20) return undefined;
  if (start.readUInt32BE(0) === 0x7f45_4c46) {
    const machine = start[5] === 2 ? start.readUInt16BE(18) : start.readUInt16LE(18);
    return { system: "linux", processor: elfProcessors[machine] };
  }
  if (start.readUInt32LE(0) === 0xfeed_facf) {
    return { system: "darwin", processor: machProcessors[start.readUInt32LE(4)] };
  }
  // A program for several processors.
  return start.readUInt32BE(0) === 0xcafe_babe ? { system: "darwin" } : undefined;
}

/** The first bytes; undefined when the file cannot be read, which does not keep the system from running it. */
function readStart(path: string): Buffer | undefined {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(20);
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
