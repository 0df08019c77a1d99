import apple from "../../protocol/apple/virtualization-api.json" with { type: "json" };
import { isNewer } from "../../scripts/checkMac/marks.js";
import { formatUse, type NewerUse } from "../../scripts/checkMac/newerSymbols.js";

/** The oldest macOS that the helper runs on. */
export const OLDEST = "13.0";

export interface Since {
  macOS?: string;
  arch?: string;
}

interface Node {
  name?: string;
  wraps?: string[];
  since?: Since;
}

/** A node of the protocol, by its place. */
export interface Placed {
  place: string;
  /** The symbols of the framework. Empty for a node that names an availability of its own without them. */
  wraps: string[];
  /** The availability that it has or inherits. */
  since: Since;
}

interface Symbol {
  introduced: string;
  arm64Only: boolean;
  /** The type that a member is of. */
  owner?: string;
}

/** The symbols of Apple's framework by their names: "VZVirtualMachine", "VZVirtualMachine.queue". */
export const symbols = new Map<string, Symbol>();
for (const { type, introduced, arm64Only, members } of apple) {
  symbols.set(type, { introduced, arm64Only });
  for (const member of members) {
    const own = (member as { introduced?: string }).introduced ?? introduced;
    symbols.set(`${type}.${member.name}`, {
      introduced: isNewer(own, introduced) ? own : introduced,
      arm64Only,
      owner: type,
    });
  }
}

const introducedOf = (name: string) => symbols.get(name)?.introduced ?? OLDEST;

/** Finds the nodes of the protocol that wrap symbols or have an availability of their own. */
export function placedNodes(value: unknown, place = "", inherited: Since = {}): Placed[] {
  if (Array.isArray(value)) return value.flatMap((entry) => placedNodes(entry, place, inherited));
  if (typeof value !== "object" || value === null) return [];
  const { name, wraps, since } = value as Node;
  const here = name === undefined ? place : `${place}/${name}`;
  const children = Object.values(value).flatMap((entry) => placedNodes(entry, here, since ?? inherited));
  if (wraps === undefined && since === undefined) return children;
  return [{ place: here, wraps: wraps ?? [], since: since ?? inherited }, ...children];
}

/** Whether a node tells clients of a symbol's version: of several symbols the older ones do where the newer are missing. */
function tells({ wraps, since }: Placed, symbol: string, introduced: string): boolean {
  if (!wraps.includes(symbol)) return false;
  return since.macOS === introduced || wraps.some((other) => introducedOf(other) === since.macOS);
}

/**
 * Names the uses of newer symbols that clients are not told of: no node wraps the symbol, or what it came with, from the
 * version on that the compiler said, and it is not among those that clients do not see.
 *
 * @param unseen those, each with the reason
 */
export function untold(uses: readonly NewerUse[], nodes: readonly Placed[], unseen: Record<string, string>): string[] {
  const isTold = ({ symbol, introduced }: NewerUse) => {
    const owner = symbols.get(symbol)?.owner;
    // What came with its type is told of with it.
    const names = owner && introducedOf(owner) === introduced ? [symbol, owner] : [symbol];
    return symbol in unseen || names.some((name) => nodes.some((node) => tells(node, name, introduced)));
  };
  return uses.filter((use) => !isTold(use)).map(formatUse);
}

/**
 * Names the nodes that are newer than the oldest macOS, and the symbol that no code uses behind a guard.
 *
 * @param without the places of nodes that are newer for another reason than a symbol, each with that reason
 */
export function unguarded(
  uses: readonly NewerUse[],
  nodes: readonly Placed[],
  without: Record<string, string>,
): string[] {
  const isUsed = (symbol: string, introduced: string) =>
    uses.some((use) => use.introduced === introduced && (use.symbol === symbol || use.symbol.startsWith(`${symbol}.`)));
  return nodes.flatMap(({ place, wraps, since: { macOS = OLDEST } }) => {
    if (!isNewer(macOS, OLDEST) || place in without) return [];
    return wraps.some((symbol) => isUsed(symbol, macOS)) ? [] : [`${place}: ${wraps.join(", ")}, macOS ${macOS}`];
  });
}

/** Names the exceptions that nothing needs. */
export function needless(uses: readonly NewerUse[], nodes: readonly Placed[], names: readonly string[]): string[] {
  const known = new Set([...uses.map(({ symbol }) => symbol), ...nodes.map(({ place }) => place)]);
  return names.filter((name) => !known.has(name));
}
