import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type CpioEntry, packCpio } from "./cpio.js";
import { aptHome, unpackGuestPackages } from "./guestPackages.js";
import { canonicalName, findModules, type ModuleInfo, moduleTable, readModuleInfo } from "./kernelModules.js";
import { cachePath, enterScript, projectRoot } from "./paths.js";
import type { Progress } from "./progress.js";
import { markUsed, pruneVersions } from "./pruning.js";
import { captureBytes, run } from "./run.js";
import type { Step } from "./step.js";

/** What is in the image comes from these; the documentation beside them is left out. */
const sources = join(projectRoot, "scripts/guest");
const isSource = (path: string) => !/\.(md|ts)$/.test(path);

/** Modules of the devices a guest may have. What the kernel has built in, or does not have, is left out by itself. */
const deviceModules = [
  ...["virtio_blk", "virtio_net", "virtio_balloon", "virtio_rng", "vmw_vsock_virtio_transport", "virtio_input"],
  ...["button", "gpio_keys", "pvpanic_pci"],
];

/** Modules to be loaded along with another one that does not know about them. */
const companions = { button: ["evdev"], gpio_keys: ["gpio_pl061", "evdev"], virtio_input: ["evdev"] };

/** Names under which the guest's own tool is called. */
const toolNames = [
  "bin/vsock",
  "bin/power-button",
  "bin/load-modules",
  "bin/port",
  "bin/screen",
  "bin/datagrams",
  "sbin/poweroff",
  "sbin/reboot",
];

const emptyFolders = ["dev", "proc", "sys", "run", "tmp", "root", "mnt", "etc", "bin", "sbin", "lib", "lib/modules"];

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isSource(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Changes whenever the image would come out differently, apart from newer packages in the archive. */
export function guestVersion(): string {
  const builder = ["guest.ts", "cpio.ts", "kernelModules.ts"].map((name) => join(projectRoot, "scripts/setup", name));
  const hash = createHash("sha256");
  for (const file of [...filesBelow(sources).sort(), ...builder]) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}

const imageFolder = () => cachePath(`guest-${guestVersion()}`);

/** Whether `guest` in the cache folder is the image these sources describe. */
export function guestIsReady(): boolean {
  try {
    const folder = imageFolder();
    if (readlinkSync(cachePath("guest")) !== basename(folder) || !existsSync(folder)) return false;
    markUsed(folder);
    return true;
  } catch {
    return false;
  }
}

async function readModules(busybox: string, unpacked: string): Promise<CpioEntry[]> {
  const files = findModules(join(unpacked, "usr/lib/modules"));
  const infos = new Map<string, ModuleInfo>();
  const contents = new Map<string, Buffer>();
  const read = async (name: string): Promise<void> => {
    const path = files.get(name);
    if (!path || infos.has(name)) return;
    // Unpacked here, once, rather than by each guest at each boot.
    const content = path.endsWith(".xz") ? await captureBytes([busybox, "xzcat", path]) : await readFile(path);
    contents.set(name, content);
    infos.set(name, readModuleInfo(content));
    for (const needed of infos.get(name)?.depends ?? []) await read(needed);
  };
  const wanted = deviceModules.map(canonicalName).filter((name) => files.has(name));
  for (const name of [...wanted, ...Object.values(companions).flat()]) await read(name);
  const table = Buffer.from(moduleTable(wanted, infos, companions));
  return [
    { path: "lib/modules/table", kind: "file", content: table, mode: 0o644 },
    ...[...contents].map(
      ([name, content]): CpioEntry => ({ path: `lib/modules/${name}.ko`, kind: "file", content, mode: 0o644 }),
    ),
  ];
}

async function compileTool(output: string): Promise<void> {
  const files = (await readdir(join(sources, "tool"))).filter((name) => name.endsWith(".c"));
  const compile = ["clang", "-static", "-Os", "-s", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE", "-o", output];
  await run([enterScript, ...compile, ...files.map((name) => join(sources, "tool", name))], { log: "guest" });
}

async function packImage(unpacked: string): Promise<Buffer> {
  const busybox = join(unpacked, "usr/bin/busybox");
  const tool = join(unpacked, "vzkit-guest");
  await compileTool(tool);
  const list = await captureBytes([busybox, "--list"]);
  const taken = new Set(toolNames.map((name) => basename(name)));
  const applets = list
    .toString()
    .split("\n")
    .filter((name) => name && name !== "busybox" && !taken.has(name));
  const program = async (path: string, source: string): Promise<CpioEntry> => {
    return { path, kind: "file", content: await readFile(source), mode: 0o755 };
  };
  return packCpio([
    ...emptyFolders.map((path): CpioEntry => ({ path, kind: "directory" })),
    await program("init", join(sources, "init")),
    await program("lib/udhcpc.script", join(sources, "udhcpc.script")),
    await program("bin/busybox", busybox),
    ...applets.map((name): CpioEntry => ({ path: `bin/${name}`, kind: "link", target: "busybox" })),
    await program("bin/vzkit-guest", tool),
    ...toolNames.map((path): CpioEntry => ({ path, kind: "link", target: "/bin/vzkit-guest" })),
    ...(await readModules(busybox, unpacked)),
  ]);
}

async function linkAtomically(target: string, link: string): Promise<void> {
  const temporary = `${link}.new-${process.pid}`;
  await rm(temporary, { force: true });
  await symlink(target, temporary);
  await rename(temporary, link);
}

/**
 * Builds the test guest's kernel and initial RAM disk in `guest-VERSION` and points `guest` at it. Everything is made
 * under a temporary name first, so an interruption leaves either the old guest or the new one.
 */
export async function buildGuest(privately: boolean, progress: Progress): Promise<void> {
  const folder = imageFolder();
  if (!existsSync(folder)) {
    mkdirSync(cachePath(), { recursive: true });
    const work = await mkdtemp(cachePath("partial-guest-"));
    try {
      await unpackGuestPackages(aptHome(privately), work, progress);
      const kernel = (await readdir(join(work, "boot"))).find((name) => name.startsWith("vmlinuz"));
      const image = join(work, "image");
      await mkdir(image);
      await copyFile(join(work, "boot", kernel ?? "vmlinuz"), join(image, "vmlinuz"));
      await chmod(join(image, "vmlinuz"), 0o644);
      await writeFile(join(image, "initramfs.cpio"), await packImage(work));
      await rename(image, folder);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  await linkAtomically(basename(folder), cachePath("guest"));
  markUsed(folder);
  await pruneVersions("guest", folder);
}

/** The test guest, from Debian's packages. `privately`: from those of the private root's release. */
export function guestStep(privately: boolean): Step {
  return {
    title: "Building the test guest (36 MB to download)",
    isDone: guestIsReady,
    run: (progress) => buildGuest(privately, progress),
  };
}
