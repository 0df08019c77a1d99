import { allowedTypes } from "./allowList.js";
import type { AppleType } from "./appleApi.js";
import { normalizeDeclaration } from "./declaration.js";
import type { ModuleSymbol, SymbolGraph } from "./symbolGraph.js";

export interface ApiReport {
  types: { present: number; total: number };
  members: { present: number; total: number };
  /** What makes the check fail, one line each. */
  problems: string[];
  missingTypes: string[];
  missingMembers: string[];
}

/** Compares the module's public symbols with Apple's list: each must be in it, spelled and typed the same. */
export function compareApi(apple: readonly AppleType[], graph: SymbolGraph): ApiReport {
  const listed = new Map(apple.map((type) => [type.type, type]));
  const found = new Set<string>();
  const problems: string[] = [];
  for (const symbol of graph.symbols) {
    const path = fullName(symbol);
    if (Object.hasOwn(allowedTypes, symbol.parent || symbol.name)) continue;
    const type = listed.get(path);
    if (type) {
      found.add(path);
      problems.push(...typeProblems(type, symbol, graph));
    } else {
      const problem = memberProblem(symbol, listed, graph, found);
      if (problem) problems.push(problem);
    }
  }
  return report(apple, found, problems);
}

function typeProblems(type: AppleType, symbol: ModuleSymbol, graph: SymbolGraph): string[] {
  const problems: string[] = [];
  if (symbol.kind !== type.kind) problems.push(`${type.type} is a ${symbol.kind}, Apple's is a ${type.kind}`);
  if (type.kind === "global" && normalizeDeclaration(symbol.declaration) !== normalizeDeclaration(type.declaration)) {
    problems.push(differs(type.type, symbol.declaration, type.declaration));
  }
  const ancestors = allAncestors(symbol, graph);
  if (type.superclass && !graph.parents.get(symbol.id)?.includes(type.superclass)) {
    problems.push(`${type.type} does not inherit from ${type.superclass}`);
  }
  // The compiler reports no conformance for what carries no requirement.
  for (const name of type.conformsTo.filter((name) => name !== "BitwiseCopyable")) {
    if (!ancestors.has(name)) problems.push(`${type.type} does not conform to ${name}`);
  }
  return problems;
}

function memberProblem(
  symbol: ModuleSymbol,
  listed: ReadonlyMap<string, AppleType>,
  graph: SymbolGraph,
  found: Set<string>,
): string | undefined {
  const path = fullName(symbol);
  const owner = listed.get(symbol.parent);
  if (!owner) return `${path} is not in Apple's API: ${symbol.declaration}`;
  const member = owner.members.find((candidate) => candidate.name === symbol.name && candidate.kind === symbol.kind);
  if (!member) return isForeign(symbol, owner, listed, graph) ? undefined : `${path} is not in Apple's API`;
  if (normalizeDeclaration(member.declaration) !== normalizeDeclaration(symbol.declaration)) {
    return differs(path, symbol.declaration, member.declaration);
  }
  found.add(path);
  return undefined;
}

/** Members that the type owes to something outside the list. */
function isForeign(
  symbol: ModuleSymbol,
  owner: AppleType,
  listed: ReadonlyMap<string, AppleType>,
  graph: SymbolGraph,
): boolean {
  if (graph.foreignOverrides.has(symbol.id)) return true;
  if (symbol.name === "copy(with:)") return owner.conformsTo.includes("NSCopying");
  // What Swift's importer makes for an option set of Apple's by itself, and the list leaves out.
  if (symbol.name === "rawValue") return owner.conformsTo.includes("RawRepresentable");
  if (overridesListedMember(symbol, owner, listed)) return true;
  return owner.conformsTo
    .flatMap((name) => listed.get(name)?.members ?? [])
    .some((member) => normalizeDeclaration(member.declaration) === normalizeDeclaration(symbol.declaration));
}

/** Whether a class above the owner has the member in Apple's list. */
function overridesListedMember(
  symbol: ModuleSymbol,
  owner: AppleType,
  listed: ReadonlyMap<string, AppleType>,
): boolean {
  for (let above = listed.get(owner.superclass ?? ""); above; above = listed.get(above.superclass ?? "")) {
    const isSame = ({ name, kind }: { name: string; kind: string }) => name === symbol.name && kind === symbol.kind;
    if (above.members.some(isSame)) return true;
  }
  return false;
}

function allAncestors(symbol: ModuleSymbol, graph: SymbolGraph): Set<string> {
  const idByName = new Map(graph.symbols.map((candidate) => [fullName(candidate), candidate.id]));
  const ancestors = new Set<string>();
  const pending = [symbol.id];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    for (const name of graph.parents.get(id) ?? []) {
      if (ancestors.has(name)) continue;
      ancestors.add(name);
      const parent = idByName.get(name);
      if (parent) pending.push(parent);
    }
  }
  return ancestors;
}

function report(apple: readonly AppleType[], found: ReadonlySet<string>, problems: string[]): ApiReport {
  const members = apple.flatMap((type) => type.members.map((member) => `${type.type}.${member.name}`));
  const missingTypes = apple.map((type) => type.type).filter((name) => !found.has(name));
  const missingMembers = members.filter((name) => !found.has(name));
  return {
    types: { present: apple.length - missingTypes.length, total: apple.length },
    members: { present: members.length - missingMembers.length, total: members.length },
    problems,
    missingTypes,
    missingMembers,
  };
}

function fullName(symbol: ModuleSymbol): string {
  return symbol.parent ? `${symbol.parent}.${symbol.name}` : symbol.name;
}

function differs(path: string, ours: string, apples: string): string {
  return `${path} differs from Apple's API\n    ours:    ${ours}\n    Apple's: ${apples}`;
}
