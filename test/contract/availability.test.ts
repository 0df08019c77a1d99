import { describe, expect, it } from "vitest";
import apple from "../../protocol/apple/virtualization-api.json" with { type: "json" };
import protocol from "../../protocol/generated/protocol.json" with { type: "json" };

/** The oldest macOS that the helper runs on. */
const OLDEST = "13.0";

interface Symbol {
  introduced: string;
  arm64Only: boolean;
}

interface Since {
  macOS?: string;
  arch?: string;
}

interface Node {
  name?: string;
  wraps?: string[];
  since?: Since;
}

const isNewer = (one: string, other: string) => one.localeCompare(other, "en", { numeric: true }) > 0;

const symbols = new Map<string, Symbol>();
for (const { type, introduced, arm64Only, members } of apple) {
  symbols.set(type, { introduced, arm64Only });
  for (const member of members) {
    const own = (member as { introduced?: string }).introduced ?? introduced;
    symbols.set(`${type}.${member.name}`, { introduced: isNewer(own, introduced) ? own : introduced, arm64Only });
  }
}

/** Every node of the protocol that wraps a symbol, by its place, with the availability that it has or inherits. */
function wrapping(value: unknown, place: string, inherited: Since): { place: string; wraps: string[]; since: Since }[] {
  if (Array.isArray(value)) return value.flatMap((entry) => wrapping(entry, place, inherited));
  if (typeof value !== "object" || value === null) return [];
  const { name, wraps, since = inherited } = value as Node;
  const here = name === undefined ? place : `${place}/${name}`;
  const children = Object.values(value).flatMap((entry) => wrapping(entry, here, since));
  return wraps === undefined ? children : [{ place: here, wraps, since }, ...children];
}

const nodes = wrapping(protocol.domains, "", {});

describe("the availability in the protocol", () => {
  it("is of symbols that Apple has", () => {
    expect(nodes.length).toBeGreaterThan(100);
    expect(
      nodes.flatMap(({ place, wraps }) => wraps.filter((name) => !symbols.has(name)).map((name) => [place, name])),
    ).toEqual([]);
  });

  it("names the macOS from which there is a symbol, where that is newer than the oldest macOS", () => {
    // Of several symbols the older ones do where the newer ones are missing.
    const wrong = nodes.flatMap(({ place, wraps, since }) => {
      const versions = wraps.map((name) => symbols.get(name)?.introduced ?? OLDEST);
      const [oldest = OLDEST] = versions.sort((a, b) => (isNewer(a, b) ? 1 : -1));
      return isNewer(oldest, OLDEST) && since.macOS !== oldest ? [`${place}: ${oldest}, not ${since.macOS}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it("names the processor of what only Apple silicon has", () => {
    const wrong = nodes.filter(
      ({ wraps, since }) => wraps.every((name) => symbols.get(name)?.arm64Only) && since.arch !== "arm64",
    );
    expect(wrong.map(({ place }) => place)).toEqual([]);
  });
});
