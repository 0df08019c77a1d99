import { describe, expect, it } from "vitest";
import { SpecProblems } from "../../scripts/generate/problems.js";
import { resolveSpec } from "../../scripts/generate/resolve.js";

const core = `domain: core
prefix: none
protocolVersion: "1.0"
doc: Handshake.
errorData: ErrorData
types:
  ErrorData: { kind: struct, doc: Data., fields: { kind: { type: string, doc: Kind. } } }
errors:
  invalidState: { code: -32041, doc: Wrong state., hint: Look first. }
`;

/** A spec of core and one more file, `demo.yml`, whose first line is the first line of `text`. */
const sources = (text: string, coreText = core) => [
  { path: "spec/core.yml", text: coreText },
  { path: "spec/demo.yml", text: text.replace(/^\n/, "") },
];

function problems(text: string, coreText = core): readonly string[] {
  try {
    resolveSpec(sources(text, coreText));
    return [];
  } catch (error) {
    if (error instanceof SpecProblems) return error.lines;
    throw error;
  }
}

describe("a spec without mistakes", () => {
  const model = resolveSpec(
    sources(`
domain: demo
doc: A domain.
types:
  Disk:
    kind: struct
    doc: A disk, and
      a second line.
    wraps: [VZDisk, VZImage]
    since: { macOS: "13.0", arch: arm64, linux: Only raw ones. }
    fields:
      path: { type: path, doc: Where. }
      sizes?: { type: "map<uint64[]>", doc: Sizes by name., default: none }
  Device: { kind: union, tag: kind, doc: A device., variants: { disk: Disk } }
  State: { kind: enum, open: true, doc: A state., values: { on: It runs., "off": It does not. } }
  Handle: { kind: alias, type: string, doc: A handle. }
  Node: { kind: struct, doc: A chain., fields: { next?: { type: Node, doc: The next. } } }
methods:
  start:
    doc: Starts.
    params: { device: { type: Device, doc: The device. } }
    result: { handle: { type: Handle, doc: The handle. }, node: { type: Node, doc: A chain. } }
    errors: [invalidState]
    timeout: none
events:
  changed: { doc: It changed., params: { state: { type: State, doc: Now. } } }
`),
  );

  it("derives names from the domain and the method", () => {
    const demo = model.domains.find((domain) => domain.name === "demo");
    expect(demo?.methods[0]).toMatchObject({
      name: "demo.start",
      paramsType: "DemoStartParams",
      resultType: "DemoStartResult",
      timeoutSeconds: null,
    });
    expect(demo?.events[0]).toMatchObject({ name: "demo.changed", typeName: "DemoChangedEvent" });
  });

  it("keeps what a type says about itself", () => {
    expect(model.types.get("Disk")).toMatchObject({
      doc: "A disk, and a second line.",
      wraps: ["VZDisk", "VZImage"],
      since: { macOS: "13.0", arch: "arm64", linux: "Only raw ones." },
    });
  });

  it("knows what is sent, what is received and what contains itself", () => {
    expect([...model.sent].sort()).toEqual(["Device", "Disk"]);
    expect([...model.received].sort()).toEqual(["ErrorData", "Handle", "Node", "State"]);
    expect([...model.recursive]).toEqual(["Node"]);
  });

  it("has the same hash when only the prose changes, and another when the shape does", () => {
    const text = "domain: demo\ndoc: A.\nmethods:\n  go: { doc: Goes., params: { a: { type: string, doc: A. } } }\n";
    const hash = (changed: string) => resolveSpec(sources(changed)).hash;
    expect(hash(text.replace("Goes.", "Walks."))).toBe(hash(text));
    expect(hash(text.replace("string", "bool"))).not.toBe(hash(text));
    expect(hash(text.replace("a:", "a?:"))).not.toBe(hash(text));
  });
});

describe("a mistake is reported with its file and line", () => {
  const inTypes = (text: string) => problems(`domain: demo\ndoc: A domain.\ntypes:\n${text}`);
  const inMethods = (text: string) => problems(`domain: demo\ndoc: A domain.\nmethods:\n${text}`);

  it("unknown key", () => {
    expect(inTypes("  A:\n    kind: struct\n    doc: A.\n    feilds: {}\n")).toEqual([
      'spec/demo.yml:7: unknown key "feilds" in type A; known: since, doc, wraps, kind, fields, include',
    ]);
  });

  it("an included type that does not exist, is not a struct, or includes itself", () => {
    const struct = (name: string, include: string) =>
      `  ${name}: { kind: struct, doc: A., fields: {}, include: ${include} }\n`;
    expect(inTypes(struct("A", "B"))).toContainEqual(expect.stringMatching(/:4: no struct "B" to include/));
    expect(inTypes(struct("A", "A"))).toContainEqual(expect.stringMatching(/:4: "A" includes itself/));
  });

  it("a comma in unquoted prose", () => {
    expect(inTypes("  A: { kind: struct, doc: Bytes, a multiple of 512., fields: {} }\n")).toEqual([
      expect.stringMatching(/^spec\/demo\.yml:4: unknown key "a multiple of 512\." .*quote the text/),
    ]);
  });

  it("missing doc of a type, field, method, event, value and domain", () => {
    const text = `
domain: demo
types:
  A: { kind: struct, fields: { b: { type: string } } }
  E: { kind: enum, open: false, doc: E., values: { one: { since: { linux: true } } } }
methods:
  go: { params: {} }
events:
  went: { params: {} }
`;
    expect(problems(text)).toEqual([
      "spec/demo.yml:1: the file has no doc",
      "spec/demo.yml:3: type A has no doc",
      'spec/demo.yml:3: field "b" of type A has no doc',
      'spec/demo.yml:4: value "one" of type E has no doc',
      "spec/demo.yml:6: method demo.go has no doc",
      "spec/demo.yml:8: event demo.went has no doc",
    ]);
  });

  it("dangling type, in a field, a list, a map, a variant and a progress", () => {
    expect(inTypes('  A:\n    kind: struct\n    doc: A.\n    fields:\n      b: { type: "Disc[]", doc: B. }\n')).toEqual(
      ['spec/demo.yml:8: "b" has the type "Disc", which nothing defines'],
    );
    expect(inMethods('  go: { doc: Goes., params: { b: { type: "map<errorData>", doc: B. } } }\n')).toEqual([
      'spec/demo.yml:4: "b" has the type "errorData", which nothing defines; did you mean ErrorData?',
    ]);
    expect(inTypes("  U: { kind: union, tag: kind, doc: U., variants: { a: Nothing } }\n")).toEqual([
      'spec/demo.yml:4: variant "a" of union U: no type "Nothing"',
    ]);
    expect(inMethods("  go: { doc: Goes., progress: Nothing }\n")).toEqual([
      'spec/demo.yml:4: method demo.go: no type "Nothing" for its progress',
    ]);
  });

  it("duplicate name in another file, in the same file, and of a derived type", () => {
    expect(inTypes("  ErrorData: { kind: struct, doc: A., fields: {} }\n")).toEqual([
      'spec/demo.yml:4: duplicate type "ErrorData", first at spec/core.yml:7',
    ]);
    expect(
      inTypes("  A: { kind: struct, doc: A., fields: {} }\n  A: { kind: struct, doc: A., fields: {} }\n")[0],
    ).toMatch(/^spec\/demo\.yml:5: Map keys must be unique/);
    const derived = `
domain: demo
doc: A domain.
types:
  DemoGoParams: { kind: struct, doc: A., fields: {} }
methods:
  go: { doc: Goes. }
`;
    expect(problems(derived)).toEqual(['spec/demo.yml:6: duplicate type "DemoGoParams", first at spec/demo.yml:4']);
    expect(problems("domain: demo\ndoc: D.\nmethods:\n  go: { doc: Goes. }\nevents:\n  go: { doc: Went. }\n")).toEqual([
      'spec/demo.yml:6: duplicate name "demo.go", first at spec/demo.yml:4',
    ]);
  });

  it("a field with and without its question mark", () => {
    const fields = "      b: { type: string, doc: B. }\n      b?: { type: string, doc: B. }\n";
    expect(inTypes(`  A:\n    kind: struct\n    doc: A.\n    fields:\n${fields}`)).toEqual([
      'spec/demo.yml:9: duplicate field "b" (with and without "?")',
    ]);
  });

  it("unquoted version, of macOS and of the protocol", () => {
    for (const version of ["13.0", "13", "13.0.1"]) {
      expect(inMethods(`  go:\n    doc: Goes.\n    since: { macOS: ${version} }\n`)).toEqual([
        'spec/demo.yml:6: macOS of since of method demo.go must be a quoted version, such as "13.0"',
      ]);
    }
    expect(problems("domain: demo\ndoc: D.\n", core.replace('"1.0"', "1.0"))).toContain(
      'spec/core.yml:3: protocolVersion of the file must be a quoted version, such as "13.0"',
    );
  });

  it("a union variant that is no struct, and a tag that is also a field", () => {
    const alias = "  H: { kind: alias, type: string, doc: H. }\n";
    expect(inTypes(`${alias}  U: { kind: union, tag: kind, doc: U., variants: { a: H } }\n`)).toEqual([
      'spec/demo.yml:5: variant "a" of union U must be a struct, and H is of kind alias',
    ]);
    expect(inTypes("  U: { kind: union, tag: kind, doc: U., variants: { a: ErrorData } }\n")).toEqual([
      'spec/demo.yml:4: variant "a" of union U: the tag "kind" is also a field of ErrorData',
    ]);
  });

  it("an unknown error kind, and a code that is taken", () => {
    expect(inMethods("  go: { doc: Goes., errors: [invalidState, onFire] }\n")).toEqual([
      'spec/demo.yml:4: method demo.go: no error "onFire" in core.yml',
    ]);
    expect(problems("domain: demo\ndoc: D.\n", `${core}  other: { code: -32041, doc: O., hint: H. }\n`)).toEqual([
      "spec/core.yml:10: error other has the code -32041 of invalidState",
    ]);
  });

  it("an enum that does not say whether it is open", () => {
    expect(inTypes("  E: { kind: enum, doc: E., values: { a: A. } }\n")).toEqual([
      "spec/demo.yml:4: type E must say open: true (values may be added later) or open: false",
    ]);
  });

  it("a key that YAML does not read as text", () => {
    expect(inTypes("  E: { kind: enum, open: false, doc: E., values: { 1: One., null: None. } }\n")).toEqual([
      "spec/demo.yml:4: a key of values is not a text; quote it",
      "spec/demo.yml:4: a key of values is not a text; quote it",
      "spec/demo.yml:4: type E has no values",
    ]);
  });

  it("a vague or malformed type", () => {
    const field = (type: string) => inMethods(`  go: { doc: Goes., params: { a: { type: "${type}", doc: A. } } }\n`)[0];
    expect(field("number")).toMatch(/there is no type "number"; say int32, uint32, int64, uint64 or double/);
    expect(field("any")).toMatch(/say json/);
    expect(field("map<string")).toMatch(/"map<string" is not a type/);
    expect(field("string?")).toMatch(/"string\?" is not a type/);
  });

  it("a name that the generated languages need for themselves", () => {
    expect(inTypes("  Error: { kind: struct, doc: A., fields: {} }\n")[0]).toMatch(/"Error" is taken/);
    expect(inTypes("  lower: { kind: struct, doc: A., fields: {} }\n")[0]).toMatch(/must be in UpperCamelCase/);
  });

  it("a struct that would have to contain itself for ever", () => {
    expect(inTypes("  A:\n    kind: struct\n    doc: A.\n    fields:\n      a: { type: A, doc: A. }\n")).toEqual([
      "spec/demo.yml:8: A contains itself without end; make the field optional or a list",
    ]);
  });

  it("a default of a field that must be there", () => {
    expect(inMethods("  go: { doc: Goes., params: { a: { type: bool, doc: A., default: false } } }\n")).toEqual([
      'spec/demo.yml:4: field "a" of method demo.go has a default, so its name must end in "?"',
    ]);
  });

  it("a domain that is not called like its file, and a key that only core.yml may have", () => {
    expect(problems("domain: other\ndoc: D.\nerrors: {}\n")).toEqual([
      'spec/demo.yml:1: domain "other" must be called like its file, "demo"',
      'spec/demo.yml:3: unknown key "errors" in the file; known: domain, prefix, doc, types, methods, events',
    ]);
  });

  it("text that is no YAML", () => {
    expect(problems("domain: demo\ndoc: [\n").some((line) => /^spec\/demo\.yml:\d+: /.test(line))).toBe(true);
  });

  it("all at once", () => {
    expect(
      problems(`
domain: demo
doc: A domain.
types:
  A: { kind: struct, doc: A., fields: {}, colour: red }
methods:
  go: { doc: Goes., errors: [onFire], timeout: soon }
`),
    ).toHaveLength(3);
  });
});
