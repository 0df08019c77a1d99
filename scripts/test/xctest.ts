import type { Counts } from "./outcome.js";

/** What XCTest's own output tells. */
export interface XCTestSummary {
  counts: Counts;
  /** `Suite.test: reason` */
  skips: string[];
  failures: string[];
}

const CASE = /^Test Case '([^']+)' (passed|failed|skipped) \(/gm;
const SKIP_REASON = /: ([\w.]+) : Test skipped(?: - |: )(.*)$/gm;
// The line of the outermost suite comes last; without it the run did not reach its end.
const TOTAL = /^Test Suite '(?:All tests|Selected tests)' (?:passed|failed)/m;

/** Reads the output of a test run. Undefined when it ended before its summary, as after a crash. */
export function parseXCTest(output: string): XCTestSummary | undefined {
  if (!TOTAL.test(output)) return undefined;
  const ends = [...output.matchAll(CASE)];
  const named = (how: string) => ends.filter(([, , result]) => result === how).map(([, name = ""]) => name);
  const reasons = new Map([...output.matchAll(SKIP_REASON)].map(([, name = "", reason = ""]) => [name, reason]));
  const [passed, failures, skipped] = [named("passed"), named("failed"), named("skipped")];
  return {
    counts: { passed: passed.length, failed: failures.length, skipped: skipped.length },
    skips: skipped.map((name) => `${name}: ${reasons.get(name) ?? "no reason given"}`),
    failures,
  };
}

/** The test that ran when the output broke off. */
export function unfinishedTest(output: string): string | undefined {
  const started = [...output.matchAll(/^Test Case '([^']+)' started/gm)].at(-1)?.[1];
  const ended = new Set([...output.matchAll(CASE)].map(([, name]) => name));
  return started !== undefined && !ended.has(started) ? started : undefined;
}
