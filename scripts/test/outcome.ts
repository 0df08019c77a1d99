/** Numbers of real tests. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** What one check came to. */
export interface Outcome {
  ok: boolean;
  /** Only checks that run tests have counts. */
  counts?: Counts;
  /** Skipped tests, with the reason where the test gave one. */
  skips?: string[];
  /** Said in the table, in a few words. */
  note?: string;
  /** Shown at once when the check failed. */
  output?: string;
}

/** One row of the closing table. */
export interface Check {
  name: string;
  run(): Promise<Outcome>;
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0 };

export function addCounts(counts: Counts[]): Counts {
  const sum = { ...noCounts };
  for (const { passed, failed, skipped } of counts) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}
