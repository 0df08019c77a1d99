import { readFileSync } from "node:fs";
import { z } from "zod";

const symbolSchema = z.object({
  kind: z.object({ identifier: z.string() }),
  identifier: z.object({ precise: z.string() }),
  pathComponents: z.array(z.string()).min(1),
  declarationFragments: z.array(z.object({ spelling: z.string() })),
});

const graphSchema = z.object({
  module: z.object({ name: z.string() }),
  symbols: z.array(symbolSchema),
  relationships: z.array(
    z.object({
      kind: z.string(),
      source: z.string(),
      target: z.string(),
      targetFallback: z.string().optional(),
    }),
  ),
});

/** A public symbol of the module that the compiler reported. */
export interface ModuleSymbol {
  id: string;
  /** The kind in the words of the API list: class, property, typeMethod, ... */
  kind: string;
  /** "VZError.Code", or "" for a symbol at the module's top level. */
  parent: string;
  name: string;
  declaration: string;
}

export interface SymbolGraph {
  symbols: ModuleSymbol[];
  /** The names of what a type inherits from or conforms to directly, by the type's id. */
  parents: Map<string, string[]>;
  /** Ids of symbols that override something of another module, such as NSObject's `hash`. */
  foreignOverrides: Set<string>;
}

const kinds: Record<string, string> = {
  "swift.class": "class",
  "swift.struct": "struct",
  "swift.enum": "enum",
  "swift.protocol": "protocol",
  "swift.typealias": "typealias",
  "swift.var": "global",
  "swift.init": "init",
  "swift.method": "method",
  "swift.type.method": "typeMethod",
  "swift.property": "property",
  "swift.type.property": "typeProperty",
  "swift.enum.case": "case",
  "swift.subscript": "subscript",
  "swift.func.op": "operator",
};

/** Reads a symbol graph file as `swift package dump-symbol-graph` writes it. */
export function readSymbolGraph(path: string): SymbolGraph {
  const graph = graphSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  const names = new Map(graph.symbols.map((symbol) => [symbol.identifier.precise, symbol.pathComponents.join(".")]));
  const parents = new Map<string, string[]>();
  const foreignOverrides = new Set<string>();
  for (const { kind, source, target, targetFallback } of graph.relationships) {
    if (kind === "inheritsFrom" || kind === "conformsTo") {
      const name = names.get(target) ?? targetFallback?.replace(/^\w+\./, "") ?? target;
      parents.set(source, [...(parents.get(source) ?? []), name]);
    }
    if (kind === "overrides" && !names.has(target)) foreignOverrides.add(source);
  }
  return { symbols: graph.symbols.filter(isWritten).map(toModuleSymbol), parents, foreignOverrides };
}

/** What the compiler derives from a conformance (`hashValue`, `!=`) was not written in the module. */
function isWritten(symbol: z.infer<typeof symbolSchema>): boolean {
  return !symbol.identifier.precise.includes("::SYNTHESIZED::");
}

function toModuleSymbol(symbol: z.infer<typeof symbolSchema>): ModuleSymbol {
  return {
    id: symbol.identifier.precise,
    kind: kinds[symbol.kind.identifier] ?? symbol.kind.identifier,
    parent: symbol.pathComponents.slice(0, -1).join("."),
    name: symbol.pathComponents.at(-1) ?? "",
    declaration: symbol.declarationFragments.map((fragment) => fragment.spelling).join(""),
  };
}
