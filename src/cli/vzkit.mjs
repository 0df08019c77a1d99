#!/usr/bin/env node
// The command itself, in the package and in a clone, where `npx vzkit` has to work before anything is built: there it
// runs from its sources, after installing the packages that it needs.
import { existsSync } from "node:fs";

if (existsSync(new URL("commands.ts", import.meta.url))) {
  process.argv.splice(2, 0, "vzkit");
  await import("../../scripts/bootstrap.mjs");
} else {
  const { run } = await import("../../dist/cli/commands.js");
  process.exitCode = await run(process.argv.slice(2));
}
