import { existsSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../setup/find.js";
import { debianRoot, enterScript } from "../setup/paths.js";
import { run } from "../setup/run.js";
import { isAtLeast } from "../setup/versions.js";
import { rootRuntime } from "../setup/wrappers.js";

/** The oldest C library that a program made here runs with; CVirtualization's vz_older_glibc.c sees to it. */
export const NEEDED_GLIBC = "2.35";

interface ProcessReport {
  header: { glibcVersionRuntime?: string };
}

/** Tells whether Swift comes from the private root rather than from the system. */
export function usesPrivateRoot(): boolean {
  if (process.platform !== "linux") return false;
  return Boolean(process.env.VZKIT_SWIFT_ROOT) || (!findProgram("swift") && existsSync(debianRoot()));
}

/** Tells whether a program that is made here needs the private root's libraries to run on this system. */
export function needsRootLibraries(): boolean {
  if (!usesPrivateRoot()) return false;
  const report = process.report.getReport() as unknown as ProcessReport;
  return !isAtLeast(report.header.glibcVersionRuntime ?? "0", NEEDED_GLIBC);
}

/**
 * Returns linker options for a program that runs on this host. Where the system's C library is too old, the program
 * names the private root's loader and libraries, so that it starts like any other program.
 */
export function hostLinkOptions(): string[] {
  const options = ["--as-needed"];
  if (needsRootLibraries()) {
    const { loader, libraries } = rootRuntime();
    // The old kind of run path also holds for the libraries' own libraries.
    options.push(`--dynamic-linker=${loader}`, "--disable-new-dtags", ...libraries.flatMap((path) => ["-rpath", path]));
  }
  return options.flatMap((option) => ["-Xlinker", option]);
}

/** Links the newest static C++ library into a folder that holds no shared one, so that the linker takes it from there. */
const offerStaticLibrary = `
  mkdir -p "$1"
  library=$(ls -v /usr/lib/gcc/*/*/libstdc++.a 2>/dev/null | tail -n 1)
  if [ -n "$library" ]; then ln -sf "$library" "$1/libstdc++.a"; fi`;

/**
 * Returns linker options for a program that answers soon after it is started. Most of the time until then goes into
 * binding libraries and relocating Foundation's tables: the C++ and compiler libraries are linked in, and the program has
 * a fixed address (its heap, stacks and libraries have not). With them it needs no library but the C library's own.
 */
export async function quickStartOptions(work: string): Promise<string[]> {
  const folder = join(work, "static");
  await run([enterScript, "sh", "-c", offerStaticLibrary, "sh", folder], { log: "helper", cwd: work });
  const compiler = ["-use-ld=lld", "-L", folder, "-Xclang-linker", "-static-libgcc", "-Xclang-linker", "-no-pie"];
  return [...compiler.flatMap((option) => ["-Xswiftc", option]), "-Xlinker", "--icf=all"];
}
