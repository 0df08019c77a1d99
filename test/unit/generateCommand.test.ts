import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
let copy: string;

/** Runs the real command in a copy of the package, where it may write. */
const generate = (...args: string[]) =>
  execa("npx", ["tsx", "scripts/generate.ts", ...args], { cwd: copy, reject: false });

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "vzkit-generate-"));
  const needed = [
    "package.json",
    "scripts/generate.ts",
    "scripts/generate",
    "protocol",
    "src/protocol",
    "docs/protocol.md",
  ];
  const swift = ["helper/Sources/HelperProtocol/Generated", "helper/Tests/HelperProtocolTests/Generated"];
  for (const path of [...needed, ...swift]) cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

it("finds everything that is checked in up to date", async () => {
  const { exitCode, stdout, stderr } = await generate("--check");
  expect({ exitCode, stdout, stderr: stderr.replace(/npm warn.*\n?/g, "") }).toEqual({
    exitCode: 0,
    stdout: "",
    stderr: "",
  });
});

it("lists what is stale or left over, and leaves it to be written", async () => {
  const stale = join(copy, "src/protocol/version.generated.ts");
  const leftOver = join(copy, "helper/Sources/HelperProtocol/Generated/Gone.swift");
  const before = readFileSync(stale, "utf8");
  writeFileSync(stale, "// edited by hand\n");
  writeFileSync(leftOver, "");

  const check = await generate("--check");
  expect(check.exitCode).toBe(1);
  expect(check.stderr).toContain(
    'run "npm run generate":\n  src/protocol/version.generated.ts\n  helper/Sources/HelperProtocol/Generated/Gone.swift',
  );
  expect(readFileSync(stale, "utf8")).toBe("// edited by hand\n");

  expect((await generate()).stdout.split("\n")).toEqual([
    "wrote src/protocol/version.generated.ts",
    "removed helper/Sources/HelperProtocol/Generated/Gone.swift",
  ]);
  expect(readFileSync(stale, "utf8")).toBe(before);
  expect((await generate("--check")).exitCode).toBe(0);
});

it("drafts missing fixtures and never touches one that is there", async () => {
  const there = join(copy, "protocol/fixtures/ping.json");
  const missing = join(copy, "protocol/fixtures/disk.create.json");
  writeFileSync(there, "{}\n");
  rmSync(missing);
  expect((await generate("--fixtures")).stdout).toBe("wrote protocol/fixtures/disk.create.json");
  expect(readFileSync(there, "utf8")).toBe("{}\n");
  expect(JSON.parse(readFileSync(missing, "utf8"))).toMatchObject({ method: "disk.create" });
});

it("prints mistakes of the spec as file:line and writes nothing", async () => {
  mkdirSync(join(copy, "protocol/spec"), { recursive: true });
  writeFileSync(join(copy, "protocol/spec/broken.yml"), "domain: broken\n");
  const { exitCode, stderr, stdout } = await generate();
  expect(exitCode).toBe(1);
  expect(stderr).toContain("protocol/spec/broken.yml:1: the file has no doc");
  expect(stdout).toBe("");
  rmSync(join(copy, "protocol/spec/broken.yml"));
});
