// npx vzkit, in a clone. Only its `setup` builds anything: a helper that is missing is what the doctor is to find.
import { run } from "../src/cli/commands.js";

const buildHelper = async () => (await import("./build/buildHelper.js")).buildHelper();

process.exitCode = await run(process.argv.slice(2), { buildHelper });
