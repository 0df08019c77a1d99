import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../setup/paths.js";
import { type Build, compileFlags, newerFolder, sharedFolder, swiftFrontend, whole } from "./build.js";
import { parseDiagnostics } from "./diagnostics.js";
import { kept, keyOf } from "./kept.js";
import { type Inventory, inventory, virtualizationInterface } from "./virtualizationInterface.js";

const folder = join(projectRoot, "scripts/checkMac/sdk");

interface Interface {
  module: string;
  text: string;
  /** Where its module goes: what all SDKs have alike is made once. */
  output: string;
}

/** What changes with the modules of Apple's frameworks, by the folder that they are in. */
export type SDKKeys = ReadonlyMap<string, string>;

/** Makes the modules of Apple's frameworks: those of the stubs, and `Virtualization` as the build's SDK has it. */
export async function makeSDK(build: Build): Promise<SDKKeys> {
  const inAll = await readInterfaces(folder, sharedFolder(build));
  const newer = build.newest >= 27 ? await readInterfaces(join(folder, "27"), build.output) : [];
  const all = [...inAll, ...newer, await virtualization(build)];
  const made = new Map<string, Promise<string>>();
  const make = (each: Interface): Promise<string> => {
    let result = made.get(each.module);
    if (!result) {
      const needed = all.filter(({ module }) => new RegExp(`^(@_exported )?import ${module}$`, "m").test(each.text));
      result = Promise.all(needed.map(make)).then((keys) => makeModule(build, each, keys));
      made.set(each.module, result);
    }
    return result;
  };
  const keys = new Map<string, string>();
  for (const each of all) keys.set(each.output, `${keys.get(each.output) ?? ""}${await make(each)}`);
  return keys;
}

async function readInterfaces(place: string, output: string): Promise<Interface[]> {
  const names = (await readdir(place)).filter((name) => name.endsWith(".swiftinterface"));
  return Promise.all(
    names.map(async (name) => {
      return { module: name.replace(".swiftinterface", ""), text: await readFile(join(place, name), "utf8"), output };
    }),
  );
}

/**
 * Makes the module `Virtualization` with versions that say whose symbol is newer than the deployment target.
 *
 * @returns a key that changes with the module
 */
export async function makeMarkedVirtualization(build: Build, sdk: SDKKeys): Promise<string> {
  return makeModule(build, await virtualization({ ...build, output: newerFolder(build) }, true), [...sdk.values()]);
}

/** Reads the list of Apple's API. */
export async function readInventory(): Promise<Inventory> {
  return inventory.parse(
    JSON.parse(await readFile(join(projectRoot, "protocol/apple/virtualization-api.json"), "utf8")),
  );
}

async function virtualization({ architecture, newest, output }: Build, marked = false): Promise<Interface> {
  const text = virtualizationInterface(await readInventory(), { architecture, newest, marked });
  return { module: "Virtualization", text, output };
}

/** @returns a key that changes with the module */
async function makeModule(build: Build, { module, text, output }: Interface, needed: string[]): Promise<string> {
  // The compiler takes the class members' newer superclasses and types as they are: Apple's headers may name them.
  const flags = ["-disable-availability-checking", "-enable-library-evolution", "-swift-version", "5"];
  const key = await keyOf([text, ...flags, ...compileFlags(build, output), ...needed], []);
  // A folder of its own: an interface beside its module would be compiled again wherever the module is read.
  const source = join(output, "interfaces", `${module}.swiftinterface`);
  const path = join(output, `${module}.swiftmodule`);
  await kept(join(output, `${module}.sdk.json`), key, async () => {
    await mkdir(join(output, "interfaces"), { recursive: true });
    const form = "// swift-interface-format-version: 1.0\n// swift-module-flags: -module-name ";
    await writeFile(source, `${form}${module}\n${text}`);
    const command = [
      "-compile-module-from-interface",
      "-explicit-interface-module-build",
      "-module-name",
      module,
      source,
    ];
    const result = await whole(path, (temporary) =>
      swiftFrontend([...command, ...flags, ...compileFlags(build, output), "-o", temporary]),
    );
    const errors = parseDiagnostics(result.output, projectRoot).filter(({ kind }) => kind === "error");
    if (!result.ok || errors.length > 0) throw new Error(`the stub of ${module} does not compile:\n${result.output}`);
    return true;
  });
  return key;
}
