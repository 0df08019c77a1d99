import { describe, expect, it } from "vitest";
import { addCounts, noCounts } from "../../scripts/test/outcome.js";
import { formatTable } from "../../scripts/test/table.js";
import { parseXCTest, unfinishedTest } from "../../scripts/test/xctest.js";

const started = (name: string) => `Test Case '${name}' started at 2026-01-01 00:00:00.000\n`;
const ended = (name: string, how: string) => `Test Case '${name}' ${how} (0.1 seconds)\n`;
const total = "Test Suite 'All tests' passed at 2026-01-01 00:00:00.000\n\t Executed 3 tests\n";

describe("XCTest's output", () => {
  it("gives counts, failures and skips with their reasons", () => {
    const output =
      ended("A.one", "passed") +
      "/x/A.swift:7: error: A.two : XCTAssertEqual failed\n" +
      ended("A.two", "failed") +
      "/x/A.swift:9: A.three : Test skipped - no QEMU here\n" +
      ended("A.three", "skipped") +
      total;
    expect(parseXCTest(output)).toEqual({
      counts: { passed: 1, failed: 1, skipped: 1 },
      failures: ["A.two"],
      skips: ["A.three: no QEMU here"],
    });
  });

  it("is not taken for complete without its last lines, and names the test that broke it off", () => {
    const output = started("A.one") + ended("A.one", "passed") + started("A.two") + "Fatal error: index out of range\n";
    expect(parseXCTest(output)).toBeUndefined();
    expect(unfinishedTest(output)).toBe("A.two");
    expect(unfinishedTest(started("A.one") + ended("A.one", "passed"))).toBeUndefined();
  });
});

describe("the closing table", () => {
  it("lines its columns up", () => {
    const counts = { passed: 120, failed: 0, skipped: 2 };
    const rows = [
      { name: "tsc", outcome: { ok: true }, duration: 900 },
      { name: "swift tests", outcome: { ok: false, counts, note: "exit status 1" }, duration: 61_000 },
    ];
    expect(formatTable(rows).split("\n")).toEqual([
      "        check        passed  failed  skipped        time",
      "ok      tsc                                       900 ms",
      "FAILED  swift tests     120       0        2  1 min 01 s  exit status 1",
    ]);
  });

  it("adds up", () => {
    expect(addCounts([noCounts, { passed: 1, failed: 2, skipped: 3 }, { passed: 1, failed: 0, skipped: 0 }])).toEqual({
      passed: 2,
      failed: 2,
      skipped: 3,
    });
  });
});
