import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterScript } from "../../scripts/setup/paths.js";
import { packedClient } from "../../scripts/test/packed.js";
import type { Diagnosis } from "../../src/cli/doctor.js";
import { HelperLaunchError, launchHelper, VERSION } from "../../src/index.js";
import { helperPath } from "../helpers/helperPath.js";
import { installClient } from "../helpers/packages.js";

const platform = `${process.platform}-${process.arch}`;

// Programs that the system's own loader refuses, as it does those made for newer systems.
describe.skipIf(process.platform !== "linux")("a helper made for another system (Linux hosts only)", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vzkit-library-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const clang = (...args: string[]) => execa(enterScript, ["clang", "-fuse-ld=lld", ...args], { cwd: folder });

  /** Makes a program that needs the symbol `future` of a library; the linker is shown one that has it. */
  async function program(name: string, library: string, version: string): Promise<string> {
    await writeFile(join(folder, "future.c"), "int future(void) { return 0; }\n");
    await writeFile(join(folder, "main.c"), "int future(void);\nint main(void) { return future(); }\n");
    await writeFile(join(folder, "versions"), `${version} { global: future; };\n`);
    const stub = join(folder, name, library);
    await execa("mkdir", [join(folder, name)]);
    await clang(
      "-shared",
      "-nostdlib",
      "-o",
      stub,
      "future.c",
      "-Wl,--version-script=versions",
      `-Wl,-soname,${library}`,
    );
    const path = join(folder, `${name}-helper`);
    // Nothing of it ever runs, so it needs no start of its own.
    await clang("-nostdlib", "-Wl,--entry=main", "-o", path, "main.c", stub);
    return path;
  }

  const failureOf = async (path: string) => {
    const failure: unknown = await launchHelper({ path }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(HelperLaunchError);
    return failure as HelperLaunchError;
  };

  it("names the C library that it needs and the one that is here", async () => {
    const { message, hint } = await failureOf(await program("newer", "libc.so.6", "GLIBC_2.99"));
    expect(message).toMatch(/needs the C library glibc 2\.99 or later\. .* this system has glibc 2\.\d+$/);
    expect(hint).toContain("npx vzkit setup");
  });

  it("names a library that is missing", async () => {
    const { message, hint } = await failureOf(await program("lacking", "libfuture.so.3", "FUTURE_1"));
    expect(message).toMatch(/needs the library libfuture\.so\.3, which this system lacks$/);
    expect(hint).toContain("libfuture.so.3");
  });

  it("says when the system cannot run programs of its kind", async () => {
    const path = join(folder, "musl-helper");
    await writeFile(join(folder, "main.c"), "int main(void) { return 0; }\n");
    await clang("-o", path, "main.c", "-Wl,--dynamic-linker=/lib/ld-of-another-library.so.1");
    const { message, hint } = await failureOf(path);
    expect(message).toMatch(/loader or interpreter.*glibc 2\.\d+ or later; this system has glibc/);
    expect(hint).toContain("npx vzkit setup");
  });

  it("comes after the one that set-up has built", { timeout: 180_000 }, async () => {
    const project = join(folder, "project");
    const cache = join(folder, "cache");
    await installClient(await packedClient(), project);
    const packaged = join(project, "node_modules/@vzkit", `helper-${platform}`);
    await mkdir(packaged, { recursive: true });
    await writeFile(join(packaged, "package.json"), JSON.stringify({ name: `@vzkit/helper-${platform}` }));
    await cp(await program("packaged", "libc.so.6", "GLIBC_2.99"), join(packaged, "vzkit-helper"));
    const command = (...args: string[]) =>
      execa(join(project, "node_modules/.bin/vzkit"), args, {
        cwd: project,
        env: { VZKIT_HELPER: "", XDG_CACHE_HOME: cache },
        reject: false,
      });
    const helperFact = async () => (JSON.parse((await command("doctor", "--json")).stdout) as Diagnosis).facts[0];

    expect(await helperFact()).toMatchObject({ status: "problem", finding: expect.stringContaining("glibc 2.99") });
    const built = join(cache, "vzkit/helpers", `${VERSION}-${platform}`, "vzkit-helper");
    await cp(helperPath(), built);
    expect(await helperFact()).toMatchObject({ status: "ok", finding: expect.stringContaining(built) });
    const setup = await command("setup");
    expect(setup).toMatchObject({ exitCode: 0, stdout: `There is a helper that runs: ${built}` });

    // Where both run, the package's goes first.
    await cp(helperPath(), join(packaged, "vzkit-helper"));
    expect(await helperFact()).toMatchObject({ status: "ok", finding: expect.stringContaining(packaged) });
  });
});
