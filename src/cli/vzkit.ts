#!/usr/bin/env node
// The command of the installed package.
import { cachedHelper } from "../helper/helperPath.js";
import { run } from "./commands.js";

/** Set-up of the project, bundled into the package by scripts/pack. */
interface SetUp {
  setUpHelper(output: string): Promise<string>;
}

async function buildHelper(): Promise<string> {
  const { setUpHelper } = (await import(new URL("setup.mjs", import.meta.url).href)) as SetUp;
  return setUpHelper(cachedHelper());
}

process.exitCode = await run(process.argv.slice(2), { buildHelper });
