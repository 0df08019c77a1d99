import { parseArgs } from "node:util";
import { PROTOCOL_VERSION, VERSION } from "../protocol/version.generated.js";
import { doctor } from "./doctor.js";
import { guardOutput } from "./output.js";
import { type BuildHelper, setup } from "./setup.js";

/** Exit status for a command line that makes no sense. */
const MISUSE = 2;
/** Exit status for output that could not be written. */
const FAILURE = 1;

const USAGE = `Usage: vzkit COMMAND

Commands:
  doctor [--json] [--folder DIR]   Says whether guests can run on this host, and what to do where they cannot.
                                   Exit status 0 when nothing is a problem, 1 otherwise.
    --json                         Prints JSON for programs: {"facts": [...], "runningMacs": [...]}.
    --folder DIR                   Looks for free space there instead of in the working directory.
  setup                            Builds the helper for this system from the package's sources, where none is
                                   installed that runs. Takes minutes, once for each version of vzkit.

Options:
  --help, -h                       Prints this.
  --version, -v                    Prints the versions of vzkit and of its protocol.

VZKIT_HELPER names another helper program.
`;

/** What a launcher provides: in a clone the helper is built in another way than in an installed package. */
export interface Launcher {
  buildHelper: BuildHelper;
}

/** Runs the command of a command line. Resolves with the exit status. */
export async function run(args: readonly string[], launcher: Launcher): Promise<number> {
  guardOutput(process.stdout, "standard output", failLater);
  guardOutput(process.stderr, "standard error", failLater);
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return misuse((error as Error).message);
  }
  const { values, positionals } = parsed;
  if (values.help) return say(USAGE);
  if (values.version) return say(`vzkit ${VERSION}, protocol ${PROTOCOL_VERSION}\n`);
  const [command, ...more] = positionals;
  if (command === undefined) return misuse("No command given.");
  if (more.length > 0) return misuse(`"${command}" takes no "${more[0]}".`);
  if (command === "doctor") return doctor(values);
  if (command === "setup") return runSetup(values, launcher);
  return misuse(`There is no command "${command}".`);
}

async function runSetup(values: ReturnType<typeof parse>["values"], { buildHelper }: Launcher): Promise<number> {
  const [option] = Object.keys(values);
  return option === undefined ? setup(buildHelper) : misuse(`"setup" takes no "--${option}".`);
}

/** Output that is lost makes a failure of whatever the command came to. */
function failLater(): void {
  process.once("exit", () => {
    process.exitCode = FAILURE;
  });
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: "boolean", short: "h" },
      version: { type: "boolean", short: "v" },
      json: { type: "boolean" },
      folder: { type: "string" },
    },
  });
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

function misuse(problem: string): number {
  process.stderr.write(`vzkit: ${problem}\n\n${USAGE}`);
  return MISUSE;
}
