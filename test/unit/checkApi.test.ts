import { expect, test } from "vitest";
import type { AppleType } from "../../scripts/checkApi/appleApi.js";
import { compareApi } from "../../scripts/checkApi/compare.js";
import { normalizeDeclaration } from "../../scripts/checkApi/declaration.js";
import type { ModuleSymbol, SymbolGraph } from "../../scripts/checkApi/symbolGraph.js";

const same: [string, string][] = [
  ["let url: URL", "var url: URL { get }"],
  ["var tag: String", "var tag: String { get set }"],
  ["private(set) var state: State", "var state: State { get }"],
  ["required init(ethernetAddress: ether_addr_t)", "init(ethernetAddress: ether_addr_t)"],
  ["init(url: URL, append: Bool) throws", "init(url: URL, append shouldAppend: Bool) throws"],
  ["subscript(index: Int) -> Port? { get }", "subscript(portIndex: Int) -> Port? { get }"],
  ["static func validate(_ url: URL) throws", "class func validate(_ URL: URL) throws"],
  ["func guestDidStop(_ machine: VM)", "optional func guestDidStop(_ virtualMachine: VM)"],
];

test.each(same)("takes %j and %j for the same declaration", (ours, apples) => {
  expect(normalizeDeclaration(ours)).toBe(normalizeDeclaration(apples));
});

const different: [string, string][] = [
  ["let tag: String", "var tag: String { get set }"],
  ["var cpuCount: UInt { get }", "var cpuCount: Int { get }"],
  ["init(url: URL, readOnly: Bool)", "init(url: URL, readOnly: Bool) throws"],
  ["init(dataRepresentation: Data)", "init?(dataRepresentation: Data)"],
  ["func stop() async", "func stop() async throws"],
  ["func start(done: @escaping (any Error) -> Void)", "func start(done: @escaping ((any Error)?) -> Void)"],
  ["init(at url: URL, options: Options)", "init(at url: URL, options: Options = [])"],
  ["static var shared: Int { get }", "var shared: Int { get }"],
  ["func connect(port: UInt32)", "func connect(toPort port: UInt32)"],
];

test.each(different)("tells %j from %j", (ours, apples) => {
  expect(normalizeDeclaration(ours)).not.toBe(normalizeDeclaration(apples));
});

const apple: AppleType[] = [
  {
    type: "VZDisk",
    kind: "class",
    superclass: "NSObject",
    conformsTo: ["NSCopying"],
    declaration: "class VZDisk",
    members: [{ name: "url", kind: "property", declaration: "var url: URL { get }" }],
  },
];

function graphOf(symbols: Omit<ModuleSymbol, "id">[], parents = ["NSObject", "NSCopying"]): SymbolGraph {
  const withIds = symbols.map((symbol) => ({ ...symbol, id: `${symbol.parent}.${symbol.name}` }));
  return { symbols: withIds, parents: new Map([[".VZDisk", parents]]), foreignOverrides: new Set() };
}

const disk = { kind: "class", parent: "", name: "VZDisk", declaration: "class VZDisk" };
const url = { kind: "property", parent: "VZDisk", name: "url", declaration: "let url: URL" };

test("accepts a module that has a part of Apple's API and counts it", () => {
  const copying = {
    kind: "method",
    parent: "VZDisk",
    name: "copy(with:)",
    declaration: "func copy(with: NSZone?) -> Any",
  };
  expect(compareApi(apple, graphOf([disk, url, copying]))).toMatchObject({
    types: { present: 1, total: 1 },
    members: { present: 1, total: 1 },
    problems: [],
  });
  expect(compareApi(apple, graphOf([disk]))).toMatchObject({ missingMembers: ["VZDisk.url"], problems: [] });
});

test("refuses what Apple's API does not have", () => {
  const extraMember = { ...url, name: "path", declaration: "let path: String" };
  const extraType = { ...disk, name: "VZTape", declaration: "class VZTape" };
  expect(compareApi(apple, graphOf([disk, extraMember])).problems).toEqual(["VZDisk.path is not in Apple's API"]);
  expect(compareApi(apple, graphOf([extraType])).problems).toHaveLength(1);
});

test("refuses another type, kind, superclass or a missing conformance", () => {
  const wrongType = { ...url, declaration: "let url: String" };
  expect(compareApi(apple, graphOf([disk, wrongType])).problems[0]).toContain("VZDisk.url differs");
  expect(compareApi(apple, graphOf([{ ...disk, kind: "struct" }])).problems[0]).toContain("is a struct");
  expect(compareApi(apple, graphOf([disk], ["NSCopying"])).problems[0]).toContain("does not inherit from NSObject");
  expect(compareApi(apple, graphOf([disk], ["NSObject"])).problems[0]).toContain("does not conform to NSCopying");
});
