/**
 * `npm run docs`: updates etc/vzkit.api.md, the report of everything that the package exports, and makes a browsable reference of
 * it in .build/api/reference. With `--check` nothing is written: a report that is not up to date is a failure. What is exported
 * without documentation, and comments that are not TSDoc, are failures in both.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { execa } from "execa";
import { main } from "./main.js";
import { projectRoot } from "./setup/paths.js";

const folder = join(projectRoot, ".build/api");
const run = execa({ cwd: projectRoot, preferLocal: true, stdio: "inherit" });

await main(async () => {
  const isCheck = process.argv.includes("--check");
  await rm(folder, { recursive: true, force: true });
  await run`tsc -p tsconfig.build.json --emitDeclarationOnly --sourceMap false --outDir ${join(folder, "types")}`;
  const config = ExtractorConfig.loadFileAndPrepare(join(projectRoot, "api-extractor.json"));
  const { succeeded, apiReportChanged } = Extractor.invoke(config, { localBuild: !isCheck });
  if (isCheck && apiReportChanged) {
    process.stdout.write(
      "What the package exports has changed: run npm run docs, and look at the change in etc/vzkit.api.md.\n",
    );
  }
  if (!succeeded) process.exitCode = 1;
  else if (!isCheck) {
    const output = join(folder, "reference");
    await run`api-documenter markdown --input-folder ${join(folder, "model")} --output-folder ${output}`;
    process.stdout.write(`The reference is in ${output}; begin with index.md.\n`);
  }
});
