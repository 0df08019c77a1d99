// npm test: everything, from a missing tool chain to booted guests. Ends with a table and "N passed, N failed, N skipped".
import { main } from "./main.js";
import { ensureSetup } from "./setup/ensure.js";
import { formatDuration } from "./setup/progress.js";
import { stepsForThisMachine } from "./setup/steps.js";
import { lanes } from "./test/lanes.js";
import { TemporaryFiles } from "./test/leftovers.js";
import { addCounts, type Check, noCounts, type Outcome } from "./test/outcome.js";
import { formatTable, type Row } from "./test/table.js";
import { testSteps } from "./test/tools.js";

async function runCheck(check: Check): Promise<Row> {
  const began = performance.now();
  let outcome: Outcome;
  try {
    outcome = await check.run();
  } catch (error) {
    outcome = { ok: false, output: error instanceof Error ? error.message : String(error) };
  }
  const duration = performance.now() - began;
  process.stdout.write(`${outcome.ok ? "ok     " : "FAILED "} ${check.name} (${formatDuration(duration)})\n`);
  if (outcome.output) process.stdout.write(`${outcome.output.replace(/^/gm, "  | ")}\n`);
  return { name: check.name, outcome, duration };
}

async function runLane(checks: Check[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const check of checks) rows.push(await runCheck(check));
  return rows;
}

function summarize(rows: Row[], total: number): void {
  const skips = rows.flatMap(({ outcome }) => outcome.skips ?? []);
  if (skips.length > 0) process.stdout.write(`\nSkipped:\n${skips.map((skip) => `  ${skip}\n`).join("")}`);
  process.stdout.write(`\n${formatTable(rows)}\n\nAll of it took ${formatDuration(total)}. Logs: .build/test-logs\n`);
  const counts = addCounts(rows.map(({ outcome }) => outcome.counts ?? noCounts));
  // A check that fails without a failed test of its own (a build, a linter) must not end in "0 failed".
  const others = rows.filter(({ outcome }) => !outcome.ok && !outcome.counts?.failed).length;
  process.stdout.write(`${counts.passed} passed, ${counts.failed + others} failed, ${counts.skipped} skipped\n`);
  if (rows.some(({ outcome }) => !outcome.ok)) process.exitCode = 1;
}

await main(async () => {
  const began = performance.now();
  await ensureSetup([...stepsForThisMachine(), ...testSteps()]);
  const setUp: Row = { name: "set-up", outcome: { ok: true }, duration: performance.now() - began };
  const temporary = new TemporaryFiles();
  try {
    Object.assign(process.env, temporary.env);
    const rows = await Promise.all(lanes().map(runLane));
    const last = await runCheck(temporary.check);
    summarize([setUp, ...rows.flat(), last], performance.now() - began);
  } finally {
    temporary.remove();
  }
});
