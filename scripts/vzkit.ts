// npx vzkit, in a clone. Builds nothing: a helper that is missing is what the doctor is to find.
import { run } from "../src/cli/commands.js";

process.exitCode = await run(process.argv.slice(2));
