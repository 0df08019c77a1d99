import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";

/** What a virtual Mac is made of, wherever it is kept. */
export interface MacParts {
  /** The disk image. */
  disk: string;
  auxiliaryStorage: string;
  /** Both in base64. */
  hardwareModel: string;
  machineIdentifier: string;
}

/** Changes to what a program writes; undefined leaves a key out. */
export type Changes = Record<string, unknown>;

const macAddress = "7e:9f:3c:11:22:33";
const memorySize = 256 * 1024 * 1024;

async function write(folder: string, parts: MacParts, configuration: Changes, others: string[]): Promise<string> {
  await mkdir(folder);
  await execa("cp", ["--sparse=always", parts.disk, join(folder, "disk.img")]);
  await copyFile(parts.auxiliaryStorage, join(folder, "nvram.bin"));
  await writeFile(join(folder, "config.json"), JSON.stringify(configuration));
  for (const name of others) await writeFile(join(folder, name), "of the program alone");
  return folder;
}

/** A machine as Tart leaves it in ~/.tart/vms/NAME. */
export function tartMachine(folder: string, parts: MacParts, changes: Changes = {}): Promise<string> {
  const configuration = {
    version: 1,
    os: "darwin",
    arch: "arm64",
    ecid: parts.machineIdentifier,
    hardwareModel: parts.hardwareModel,
    cpuCountMin: 1,
    cpuCount: 2,
    memorySizeMin: memorySize,
    memorySize,
    macAddress,
    display: { width: 1024, height: 768, unit: "px" },
    displayRefit: false,
    diskFormat: "raw",
    ...changes,
  };
  return write(folder, parts, configuration, ["manifest.json"]);
}

/** A machine as Lume leaves it in ~/.lume/NAME. */
export function lumeMachine(folder: string, parts: MacParts, changes: Changes = {}): Promise<string> {
  const configuration = {
    os: "macOS",
    cpuCount: 2,
    memorySize,
    diskSize: 268435456,
    macAddress,
    display: "1280x800",
    hardwareModel: parts.hardwareModel,
    machineIdentifier: parts.machineIdentifier,
    networkMode: "nat",
    ...changes,
  };
  return write(folder, parts, configuration, ["sessions.json"]);
}
