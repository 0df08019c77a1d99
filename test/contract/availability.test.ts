import { describe, expect, it } from "vitest";
import protocol from "../../protocol/generated/protocol.json" with { type: "json" };
import { isNewer } from "../../scripts/checkMac/marks.js";
import { OLDEST, placedNodes, symbols } from "../helpers/availability.js";

const nodes = placedNodes(protocol.domains).filter(({ wraps }) => wraps.length > 0);

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
