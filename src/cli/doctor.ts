import { HelperExitError, RequestError, VzkitError } from "../base/errors.js";
import { findHelper } from "../helper/helperPath.js";
import { launchHelper } from "../helper/launch.js";
import type { HostFact, RunningMac } from "../protocol/types.generated.js";
import { isQuarantined, quarantineRemedy } from "./quarantine.js";
import { writeReport } from "./report.js";

/** A fact of the host, or the one about the helper that is to tell them. */
export type DoctorFact = Omit<HostFact, "id"> & { id: HostFact["id"] | "helper" };

export interface Diagnosis {
  facts: DoctorFact[];
  runningMacs: RunningMac[];
}

export interface DoctorOptions {
  json?: boolean | undefined;
  folder?: string | undefined;
}

/** `vzkit doctor`: prints what was found. Resolves with the exit status: 0 when nothing is a problem. */
export async function doctor({ json = false, folder }: DoctorOptions): Promise<number> {
  const diagnosis = await diagnose(folder);
  if (json) process.stdout.write(`${JSON.stringify(diagnosis, null, 2)}\n`);
  else writeReport(diagnosis.facts, process.stdout);
  return diagnosis.facts.some(({ status }) => status === "problem") ? 1 : 0;
}

/** A host without a working helper gets a diagnosis too: that this is what is missing. */
async function diagnose(folder: string | undefined): Promise<Diagnosis> {
  try {
    const path = findHelper();
    await using helper = await launchHelper({ path });
    const fact = await quarantineFact(path, "warning");
    const found = `Version ${helper.info.helper.version} answers at ${path}.`;
    const { facts, runningMacs } = await helper.host.diagnose({ folder });
    return { facts: [fact ?? { id: "helper", status: "ok", finding: found }, ...facts], runningMacs };
  } catch (error) {
    if (!(error instanceof VzkitError)) throw error;
    return { facts: [(await quarantineOfFound()) ?? failure(error)], runningMacs: [] };
  }
}

async function quarantineFact(path: string, status: "warning" | "problem"): Promise<DoctorFact | undefined> {
  if (!(await isQuarantined(path))) return undefined;
  const finding = `macOS keeps ${path} in quarantine, since it was downloaded, and may refuse to run it.`;
  return { id: "helper", status, finding, remedy: quarantineRemedy(path) };
}

/** Explains by its quarantine why a helper that was found does not run. */
async function quarantineOfFound(): Promise<DoctorFact | undefined> {
  try {
    return await quarantineFact(findHelper(), "problem");
  } catch {
    return undefined;
  }
}

function failure(error: VzkitError): DoctorFact {
  // A folder that was asked for and is not there says nothing about the helper.
  const id = error instanceof RequestError && error.kind === "fileNotFound" ? "freeSpace" : "helper";
  const fact: DoctorFact = { id, status: "problem", finding: error.message };
  const remedy = remedyFor(error);
  return remedy === undefined ? fact : { ...fact, remedy };
}

function remedyFor(error: VzkitError): string | undefined {
  if (!(error instanceof HelperExitError)) return error.hint;
  if (process.platform === "darwin" && error.signal === "SIGKILL") {
    return "macOS kills programs whose signature was damaged: install the package anew or, in a clone, run `npm run build:helper`.";
  }
  return "Install the package anew or, in a clone, run `npm run build:helper`.";
}
