import { readdirSync } from "node:fs";
import { mkdtemp, open, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { execa } from "execa";
import { type Helper, type MachineConfiguration, mib } from "../../src/index.js";

/** A network interface, whose address is part of a bundle's identity. */
export const nat: Partial<MachineConfiguration> = {
  networkDevices: [{ kind: "virtio", attachment: { kind: "nat" } }],
};

/** A folder of its own for bundles. */
export class BundleFolder implements AsyncDisposable {
  readonly path: string;

  private constructor(folder: string) {
    this.path = folder;
  }

  static async make(): Promise<BundleFolder> {
    return new BundleFolder(await mkdtemp(path.join(tmpdir(), "vzkit-bundles-")));
  }

  /** The path of a bundle, without `.vzkit`. */
  bundle(name = "dev"): string {
    return path.join(this.path, `${name}.vzkit`);
  }

  /** What lies here, hidden files too. */
  async names(): Promise<string[]> {
    return (await readdir(this.path)).sort();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }
}

/** Puts noise onto a bundle's disk: so many MiB, each after 3 MiB of hole. */
export async function fillDisk(bundle: string, chunks: number): Promise<void> {
  const noise = Buffer.alloc(mib(1));
  await using disk = await open(path.join(bundle, "disk.img"), "r+");
  for (let i = 0; i < chunks; i++) {
    for (let at = 0; at < noise.length; at += 4) noise.writeUInt32LE(Math.imul(at + i, 2654435761) >>> 0, at);
    await disk.write(noise, 0, noise.length, mib(4 * i + 3));
  }
  await disk.sync();
}

/** Rejects unless a file of two bundles has the same bytes. */
export async function sameFile(one: string, other: string, file = "disk.img", bytes?: number): Promise<void> {
  const limit = bytes === undefined ? [] : ["-n", String(bytes)];
  await execa("cmp", [...limit, path.join(one, file), path.join(other, file)]);
}

/**
 * Kills a helper as soon as a folder has changed for the `change`th time since `call` began; false when the call ended
 * before. Only names count, at any depth.
 */
export const killedAtChange = (victim: Helper, folder: string, change: number, call: () => Promise<unknown>) =>
  killedAt(victim, () => allNames(folder), change, call);

/** The same for whatever `look` sees. */
export async function killedAt(
  victim: Helper,
  look: () => string,
  change: number,
  call: () => Promise<unknown>,
): Promise<boolean> {
  let before = look();
  let seen = 0;
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  const running = call().then(end, end);
  while (!hasEnded && seen < change) {
    const now = look();
    if (now !== before) seen++;
    before = now;
    if (seen < change) await nextTurn();
  }
  const isKilled = seen >= change;
  if (isKilled) process.kill(victim.info.helper.processIdentifier, "SIGKILL");
  await running;
  await victim[Symbol.asyncDispose]();
  return isKilled;
}

function allNames(folder: string): string {
  try {
    return readdirSync(folder, { recursive: true }).sort().join("\n");
  } catch {
    // A folder inside of it has just gone: that is another state already.
    return "";
  }
}
