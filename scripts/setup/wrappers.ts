import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cachePath, debianRoot } from "./paths.js";
import type { Step } from "./step.js";

/** The GNU name of the architecture, as in library folders. */
const architecture = process.arch === "arm64" ? "aarch64" : "x86_64";
const loader = architecture === "aarch64" ? "lib/ld-linux-aarch64.so.1" : "lib64/ld-linux-x86-64.so.2";

/** The private root's dynamic loader and the folders of its libraries: what its programs need to run on the host. */
export function rootRuntime(): { loader: string; libraries: string[] } {
  const root = debianRoot();
  const libraries = ["lib", "usr/lib"].map((folder) => join(root, folder, `${architecture}-linux-gnu`));
  return { loader: join(root, loader), libraries };
}

interface Wrapper {
  path: string;
  /** The program inside the private root. */
  program: string;
  /** A folder of the root that must lie over the system's, where that exists: the program would mix the two. */
  covers?: { own: string; system: string };
  /** Arguments put before the caller's. */
  first?: string[];
}

/** QEMU of the private root, to test with a second version: not on the search path of anything. */
export const secondQEMU = () => cachePath("qemu-10", `qemu-system-${architecture}`);

function wrappers(): Wrapper[] {
  const root = debianRoot();
  const modules = `usr/lib/${architecture}-linux-gnu/qemu`;
  return [
    { path: cachePath("bin/virtiofsd"), program: join(root, "usr/libexec/virtiofsd") },
    {
      path: secondQEMU(),
      program: join(root, `usr/bin/qemu-system-${architecture}`),
      covers: { own: join(root, modules), system: join("/", modules) },
      first: ["-L", join(root, "usr/share/qemu"), "-L", join(root, "usr/share/seabios")],
    },
  ];
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function scriptOf({ program, covers, first = [] }: Wrapper): string {
  const { loader, libraries } = rootRuntime();
  const words = [loader, "--library-path", libraries.join(":"), program, ...first].map(quoted);
  return [
    "#!/bin/sh\n",
    "# Made by vzkit's set-up: runs a program of the private root on this system, with the root's own libraries.\n",
    ...(covers ? [coverScript(covers)] : []),
    `exec ${words.join(" ")} "$@"\n`,
  ].join("");
}

/** Starts the script again in a mount namespace of its own, in which the one folder lies over the other. */
function coverScript({ own, system }: { own: string; system: string }): string {
  const mount = `mount --bind ${quoted(own)} ${quoted(system)}`;
  return [
    `if [ -z "$VZKIT_COVERED" ] && [ -d ${quoted(system)} ]; then\n`,
    `  if [ "$(id -u)" = 0 ]; then own=--mount; else own="--user --map-root-user --mount"; fi\n`,
    `  VZKIT_COVERED=1 exec unshare $own "$0" "$@"\n`,
    `fi\n`,
    `[ -z "$VZKIT_COVERED" ] || ${mount} || exit\n`,
  ].join("");
}

const isCurrent = (wrapper: Wrapper) =>
  existsSync(wrapper.path) && readFileSync(wrapper.path, "utf8") === scriptOf(wrapper);

/** Scripts that start programs of the private root as if they were the system's. */
export const wrappersStep: Step = {
  title: "Making virtiofsd and a second QEMU of the private root callable",
  isDone: () => wrappers().every(isCurrent),
  run: async () => {
    for (const wrapper of wrappers()) {
      mkdirSync(dirname(wrapper.path), { recursive: true });
      const temporary = `${wrapper.path}.new-${process.pid}`;
      writeFileSync(temporary, scriptOf(wrapper));
      chmodSync(temporary, 0o755);
      renameSync(temporary, wrapper.path);
    }
  },
};
