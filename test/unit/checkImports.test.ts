import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findCycles } from "../../scripts/checkImports/cycles.js";
import { readScripts } from "../../scripts/checkImports/files.js";
import {
  appleSiliconTypes,
  findConditions,
  findProcessorBreaches,
  findTargetBreaches,
} from "../../scripts/checkImports/swift.js";
import { findBreaches, importTarget } from "../../scripts/checkImports/typescript.js";

const walls = [
  { folder: "src/protocol", may: ["src/protocol", "zod"], why: "generated" },
  { folder: "src", may: ["src", "node:fs"], why: "alone" },
  { folder: "src/spawn.ts", also: ["execa"], why: "starts it" },
];
const breaches = (path: string, text: string) => findBreaches([{ path, text }], walls);

describe("circles of folders", () => {
  const file = (path: string, ...imports: string[]) => ({
    path,
    text: imports.map((each) => `import { a } from "${each}";\n`).join(""),
  });

  it("are found whatever their length, once each, with a file for every step", () => {
    const files = [
      file("src/a/one.ts", "../b/two.js", "node:fs", "./other.js"),
      file("src/b/two.ts", "../c/three.js"),
      file("src/c/three.ts", "../a/one.js"),
      file("src/d/four.ts", "../a/one.js"),
    ];
    expect(findCycles(files)).toEqual([
      "folders import each other in a circle: src/a → src/b (src/a/one.ts), src/b → src/c (src/b/two.ts), src/c → src/a (src/c/three.ts)",
    ]);
    expect(
      findCycles([...files, file("src/a/deep/five.ts", "../one.js"), file("src/a/six.ts", "./deep/five.js")]),
    ).toHaveLength(2);
  });

  it("are not what only goes one way", () => {
    expect(
      findCycles([file("src/a/one.ts", "../b/two.js"), file("src/b/two.ts", "../c/three.js", "./four.js")]),
    ).toEqual([]);
  });
});

describe("walls between TypeScript folders", () => {
  it("let through what the innermost one names", () => {
    const text = 'import { z } from "zod";\nimport type { A } from "./a.js";\n';
    expect(breaches("src/protocol/types.ts", text)).toEqual([]);
    expect(breaches("test/unit/x.test.ts", 'import "execa";')).toEqual([]);
  });

  it("stop everything else, with file and line", () => {
    const text = 'import { z } from "zod";\nimport {\n  b,\n} from "../b.js";\n';
    expect(breaches("src/protocol/types.ts", text)).toEqual([
      "src/protocol/types.ts:4: may not import src/b.ts: generated",
    ]);
    expect(breaches("src/deep/c.ts", 'export * from "../../scripts/x.js";')).toHaveLength(1);
    expect(breaches("src/d.ts", 'const x = await import("node:child_process");')).toHaveLength(1);
    expect(breaches("src/e.ts", 'import "node:http";')).toHaveLength(1);
  });

  it("open for one file where it says so", () => {
    expect(breaches("src/spawn.ts", 'import { execa } from "execa";')).toEqual([]);
    expect(breaches("src/other.ts", 'import { execa } from "execa";')).toHaveLength(1);
  });

  it("stand around plain JavaScript too", async () => {
    const root = await mkdtemp(join(tmpdir(), "vzkit-walls-"));
    try {
      await mkdir(join(root, "src/cli"), { recursive: true });
      const text = 'import { a } from "./other.mjs";\nawait import("../../scripts/bootstrap.mjs");\n';
      await writeFile(join(root, "src/cli/launcher.mjs"), text);
      expect(findBreaches(readScripts(root), walls)).toEqual([
        "src/cli/launcher.mjs:2: may not import scripts/bootstrap.mjs: alone",
      ]);
    } finally {
      await rm(root, { recursive: true });
    }
  });

  it("see through relative paths", () => {
    expect(importTarget("src/protocol/a.ts", "../connection/b.js")).toBe("src/connection/b.ts");
  });
});

describe("walls between Swift targets", () => {
  const wall = { target: "Core", may: ["Foundation"], why: "one API" };

  it("see every kind of import", () => {
    const text =
      "import Foundation\n@testable import Engine\npublic import Other\n// import Nothing\nimport struct Third.Thing\n";
    const found = findTargetBreaches([{ path: "a.swift", text }], wall);
    expect(found.map((line) => line.split(": ")[0])).toEqual(["a.swift:2", "a.swift:3", "a.swift:5"]);
  });

  it("keep conditions for a system in their places", () => {
    const text = "let a = 1\n  #if os(Linux)\n#elseif canImport(Darwin)\n#if DEBUG\n";
    const rule = { may: ["helper/Sources/Platform"], why: "one place" };
    expect(findConditions([{ path: "helper/Sources/Platform/a.swift", text }], rule)).toEqual([]);
    expect(findConditions([{ path: "helper/Sources/PlatformX/a.swift", text }], rule)).toHaveLength(2);
  });

  it("keep processors and what only Apple silicon has behind one wall", () => {
    const rule = { may: ["helper/Sources/Platform/AppleSilicon"], why: "one wall" };
    const names = appleSiliconTypes([{ type: "VZMacThing", arm64Only: true }, { type: "VZThing" }]);
    const text =
      "// VZMacThing\nlet a = VZMacThing.self\n  #if os(macOS) && arch(arm64)\n#endif\nlet b: VZThing, VZMacThings\n";
    expect(
      findProcessorBreaches([{ path: "helper/Sources/Platform/AppleSilicon/a.swift", text }], names, rule),
    ).toEqual([]);
    expect(findProcessorBreaches([{ path: "helper/Sources/Platform/b.swift", text }], names, rule).sort()).toEqual([
      "helper/Sources/Platform/b.swift:2: no VZMacThing here: one wall",
      "helper/Sources/Platform/b.swift:3: no #if for a processor here: one wall",
    ]);
  });
});
