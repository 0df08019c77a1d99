import { cp, mkdir, mkdtemp, readFile, realpath, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { beginAnewElsewhere } from "../../scripts/build/place.js";
import { copySources } from "../../scripts/build/sourceCopy.js";
import { enterScript } from "../../scripts/setup/paths.js";

// A clone in small, built by the real compiler: one module of C, whose path is baked into what is built.
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), "vzkit-copied-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, text);
}

async function makeClone(clone: string): Promise<void> {
  const targets = `[.target(name: "CPart"), .target(name: "Part", dependencies: ["CPart"])]`;
  const manifest = `import PackageDescription\nlet package = Package(name: "Small", targets: ${targets})\n`;
  await write(join(clone, "Package.swift"), `// swift-tools-version: 6.0\n${manifest}`);
  await write(join(clone, "Sources/CPart/include/part.h"), "int part(void);\n");
  await write(join(clone, "Sources/CPart/part.c"), '#include "part.h"\nint part(void) { return 1; }\n');
  await write(join(clone, "Sources/Part/Part.swift"), "import CPart\npublic func two() -> Int32 { part() + part() }\n");
}

async function build(clone: string): Promise<string> {
  beginAnewElsewhere(join(clone, ".build"));
  const { all } = await execa(enterScript, ["swift", "build"], { cwd: clone, all: true });
  return all;
}

it("a clone that was copied builds, and what is not the compiler's stays", {
  timeout: 300_000,
}, async () => {
  const [first, copy] = [join(folder, "first"), join(folder, "copy")];
  await makeClone(first);
  await build(first);
  await write(join(first, ".build/helper/vzkit-helper"), "a program");
  expect(await build(first)).not.toContain("Compiling");

  await cp(first, copy, { recursive: true, verbatimSymlinks: true });
  expect(await build(copy)).toContain("Compiling");
  expect(await readFile(join(copy, ".build/helper/vzkit-helper"), "utf8")).toBe("a program");
});

it("a copy of sources follows them, and leaves alone what is the same", async () => {
  const [from, to] = [join(folder, "from"), join(folder, "to")];
  await write(join(from, "one/a.txt"), "a");
  await write(join(from, "one/deep/b.txt"), "b");
  await write(join(from, "file.txt"), "file");
  copySources(from, to, ["one", "file.txt"]);
  const long = new Date("2020-01-01");
  await utimes(join(to, "one/a.txt"), long, long);
  await rm(join(from, "one/deep"), { recursive: true });
  await writeFile(join(from, "file.txt"), "more");
  await write(join(to, "stray/c.txt"), "c");
  copySources(from, to, ["one", "file.txt"]);
  expect(await readFile(join(to, "file.txt"), "utf8")).toBe("more");
  await expect(readFile(join(to, "one/deep/b.txt"))).rejects.toThrow("ENOENT");
  await expect(readFile(join(to, "stray/c.txt"))).rejects.toThrow("ENOENT");
  expect((await stat(join(to, "one/a.txt"))).mtime).toEqual(long);
});
