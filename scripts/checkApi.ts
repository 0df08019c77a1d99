/**
 * `npm run check:api`: every public symbol of the Linux `Virtualization` module must be in Apple's API, spelled the same.
 *
 *   --json         print the whole report, what is missing included, as JSON
 *   --graph FILE   read this symbol graph instead of asking the compiler for one
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { execa } from "execa";
import { readAppleApi } from "./checkApi/appleApi.js";
import { type ApiReport, compareApi } from "./checkApi/compare.js";
import { readSymbolGraph } from "./checkApi/symbolGraph.js";
import { enterScript, projectRoot } from "./setup/paths.js";

async function dumpSymbolGraph(): Promise<string> {
  const command = ["swift", "package", "dump-symbol-graph", "--minimum-access-level", "public"];
  const { all } = await execa(enterScript, command, { cwd: projectRoot, all: true });
  const folder = all.match(/^Files written to (.+)$/m)?.[1];
  if (!folder) throw new Error(`swift did not say where the symbol graph is:\n${all}`);
  return join(folder, "Virtualization.symbols.json");
}

function print(report: ApiReport): void {
  for (const problem of report.problems) console.error(problem);
  const { types, members } = report;
  console.log(`types ${types.present}/${types.total} members ${members.present}/${members.total}`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { json: { type: "boolean" }, graph: { type: "string" } } });
  if (process.platform !== "linux" && !values.graph) {
    console.log("Skipped: on this system Virtualization is Apple's own framework.");
    return 0;
  }
  const apple = readAppleApi(join(projectRoot, "protocol/apple/virtualization-api.json"));
  const report = compareApi(apple, readSymbolGraph(values.graph ?? (await dumpSymbolGraph())));
  if (values.json) console.log(JSON.stringify(report, undefined, 2));
  else print(report);
  return report.problems.length === 0 ? 0 : 1;
}

process.exitCode = await main();
