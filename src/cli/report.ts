import type { DoctorFact } from "./doctor.js";

/** ANSI colours by their numbers. */
const GREEN = 32;
const YELLOW = 33;
const RED = 31;
const GREY = 90;

const marks: Record<string, { mark: string; colour: number }> = {
  ok: { mark: "✔", colour: GREEN },
  warning: { mark: "!", colour: YELLOW },
  problem: { mark: "✘", colour: RED },
  unknown: { mark: "?", colour: YELLOW },
  notApplicable: { mark: "–", colour: GREY },
};

const titles: Record<string, string> = {
  helper: "helper",
  processor: "processor",
  operatingSystem: "system",
  virtualization: "virtualization",
  entitlement: "entitlement",
  guiSession: "GUI session",
  loginKeychain: "login keychain",
  localNetwork: "local network",
  freeSpace: "free space",
  virtualMacs: "virtual Macs",
  accelerator: "accelerator",
  qemu: "QEMU",
  virtiofsd: "virtiofsd",
  standInMac: "stand-in Mac",
};

/** What this needs to know of the stream it writes to: `hasColors` is there on terminals, and honours NO_COLOR. */
interface Output {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  hasColors?(): boolean;
}

/** Writes one line a fact, with a line for the remedy below where there is one, and a sentence at the end. */
export function writeReport(facts: readonly DoctorFact[], output: Output): void {
  const hasColours = output.isTTY === true && output.hasColors?.() === true;
  const paint = (text: string, colour: number) => (hasColours ? `\u001b[${colour}m${text}\u001b[39m` : text);
  const width = Math.max(...facts.map(({ id }) => titleOf(id).length));
  for (const { id, status, finding, remedy } of facts) {
    // A newer helper may know more.
    const { mark, colour } = marks[status] ?? { mark: "?", colour: YELLOW };
    const indent = " ".repeat(width + 4);
    const text = printable(finding).replaceAll("\n", `\n${indent}`);
    output.write(`${paint(mark, colour)} ${titleOf(id).padEnd(width)}  ${text}\n`);
    if (remedy !== undefined) output.write(`${indent}→ ${printable(remedy)}\n`);
  }
  output.write(`\n${summary(facts)}\n`);
}

function titleOf(id: string): string {
  return titles[id] ?? id;
}

function summary(facts: readonly DoctorFact[]): string {
  const count = (wanted: string) => facts.filter(({ status }) => status === wanted).length;
  const problems = count("problem");
  const warnings = count("warning");
  if (problems > 0) return `${plural(problems, "problem")}: guests do not run like this.`;
  return warnings > 0 ? `No problem, ${plural(warnings, "warning")}.` : "No problem.";
}

function plural(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

/** Names of machines and files come from elsewhere, and a terminal obeys control characters. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, " ");
}
