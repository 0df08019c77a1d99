import { parseArgs } from "node:util";
import { PROTOCOL_VERSION } from "../protocol/version.generated.js";
import { VERSION } from "../version.js";
import { doctor } from "./doctor.js";

/** Exit status for a command line that makes no sense. */
const MISUSE = 2;

const USAGE = `Usage: vzkit COMMAND

Commands:
  doctor [--json] [--folder DIR]   Says whether guests can run on this host, and what to do where they cannot.
                                   Exit status 0 when nothing is a problem, 1 otherwise.
    --json                         Prints JSON for programs: {"facts": [...], "runningMacs": [...]}.
    --folder DIR                   Looks for free space there instead of in the working directory.

Options:
  --help, -h                       Prints this.
  --version, -v                    Prints the versions of vzkit and of its protocol.

VZKIT_HELPER names another helper program.
`;

/** Runs the command of a command line. Resolves with the exit status. */
export async function run(args: readonly string[]): Promise<number> {
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
  if (command !== "doctor") return misuse(`There is no command "${command}".`);
  if (more.length > 0) return misuse(`"doctor" takes no "${more[0]}".`);
  return doctor(values);
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
