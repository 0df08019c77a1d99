// npm run test:swift [-- FILTER]: builds and runs the Swift tests; the filter is XCTest's `Target.Suite/test`.
import { main } from "./main.js";
import { ensureSetup } from "./setup/ensure.js";
import type { Outcome } from "./test/outcome.js";
import { buildSwiftTests, runSwiftTests } from "./test/swiftTests.js";

function report({ ok, counts, skips = [], note, output }: Outcome): void {
  if (output) process.stderr.write(`${output}\n`);
  for (const skip of skips) process.stdout.write(`skipped ${skip}\n`);
  if (counts) process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  if (!ok) {
    process.stderr.write(`${note ?? "failed"}\n`);
    process.exitCode = 1;
  }
}

await main(async () => {
  await ensureSetup();
  const built = await buildSwiftTests();
  report(built.ok ? await runSwiftTests(process.argv.slice(2)) : built);
});
