import { existsSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../setup/find.js";
import { debianRoot, enterScript, projectRoot } from "../setup/paths.js";
import { run } from "../setup/run.js";
import { isAtLeast } from "../setup/versions.js";
import { rootRuntime } from "../setup/wrappers.js";

/** The C library the private root's programs are linked against. */
const ROOT_GLIBC = "2.41";

interface ProcessReport {
  header: { glibcVersionRuntime?: string };
}

/** Whether Swift comes from the private root rather than from the system. */
export function usesPrivateRoot(): boolean {
  if (process.platform !== "linux") return false;
  return Boolean(process.env.VZKIT_SWIFT_ROOT) || (!findProgram("swift") && existsSync(debianRoot()));
}

/**
 * Linker options for a program that is built in the private root and runs outside. Where the system's C library is
 * older than the root's, the program names the root's loader and libraries, so that it starts like any other program.
 */
export function hostLinkOptions(): string[] {
  if (!usesPrivateRoot()) return [];
  const report = process.report.getReport() as unknown as ProcessReport;
  if (isAtLeast(report.header.glibcVersionRuntime ?? "0", ROOT_GLIBC)) return [];
  const { loader, libraries } = rootRuntime();
  // The old kind of run path also holds for the libraries' own libraries.
  const options = [
    `--dynamic-linker=${loader}`,
    "--disable-new-dtags",
    ...libraries.flatMap((path) => ["-rpath", path]),
  ];
  return options.flatMap((option) => ["-Xlinker", option]);
}

/** Links the newest static C++ library into a folder that holds no shared one, so that the linker takes it from there. */
const offerStaticLibrary = `
  mkdir -p "$1"
  library=$(ls -v /usr/lib/gcc/*/*/libstdc++.a 2>/dev/null | tail -n 1)
  if [ -n "$library" ]; then ln -sf "$library" "$1/libstdc++.a"; fi`;

/**
 * Linker options for a program that answers soon after it is started. Most of the time until then goes into binding
 * libraries and relocating Foundation's tables: the C++ and compiler libraries are linked in, and the program has a fixed
 * address (its heap, stacks and libraries have not).
 */
export async function quickStartOptions(scratch: string): Promise<string[]> {
  const folder = join(scratch, "static");
  await run([enterScript, "sh", "-c", offerStaticLibrary, "sh", folder], { log: "helper", cwd: projectRoot });
  const compiler = ["-use-ld=lld", "-L", folder, "-Xclang-linker", "-static-libgcc", "-Xclang-linker", "-no-pie"];
  const linker = ["--as-needed", "--icf=all"];
  return [...compiler.flatMap((option) => ["-Xswiftc", option]), ...linker.flatMap((option) => ["-Xlinker", option])];
}
