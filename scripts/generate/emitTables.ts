import { allEvents, allMethods, type Described, type Model, type Since } from "./model.js";
import { generatedNotice, jsDoc } from "./prose.js";

/** One line of the availability table: the thing's name as users write it, and where it exists. */
export interface AvailabilityEntry {
  readonly name: string;
  readonly since: Since;
}

/** `machine.start`, `EFIBootLoader`, `VirtioBlockDevice.blockDeviceIdentifier`, `BootLoader.efi`. */
export function availabilityEntries(model: Model): AvailabilityEntry[] {
  const found: AvailabilityEntry[] = [];
  const visit = (name: string, node: Described) => {
    if (node.since !== undefined) found.push({ name, since: node.since });
  };
  for (const type of model.types.values()) {
    visit(type.name, type);
    const members = type.kind === "struct" ? type.fields : type.kind === "union" ? type.variants : [];
    for (const member of type.kind === "enum" ? type.values : members) visit(`${type.name}.${member.name}`, member);
  }
  for (const method of allMethods(model)) {
    visit(method.name, method);
    for (const field of method.params) visit(`${method.paramsType}.${field.name}`, field);
    for (const field of method.result) visit(`${method.resultType}.${field.name}`, field);
  }
  for (const event of allEvents(model)) visit(event.name, event);
  return found;
}

export function emitAvailability(model: Model): string {
  const lines = availabilityEntries(model).map(({ name, since }) => `  "${name}": ${JSON.stringify(since)},\n`);
  return `// ${generatedNotice}

/** From which macOS and on which processor something exists, and whether the Linux module has it. */
export interface Availability {
  /** The first version of macOS that has it, such as 14.0. */
  readonly macOS?: string;
  /** The only processor that has it. */
  readonly arch?: "arm64" | "x86_64";
  /** A sentence says why not, or what differs. */
  readonly linux?: boolean | string;
}

/** By the name of a method, type, event, or member (\`Type.field\`). What is not listed exists everywhere. */
export const availability: Readonly<Record<string, Availability>> = {
${lines.join("")}};
`;
}

export function emitErrors(model: Model): string {
  const lines = model.errors.map(
    (error) =>
      `${jsDoc([error.doc], "  ")}  ${error.name}: {\n    code: ${error.code},\n    doc: ${JSON.stringify(error.doc)},\n    hint: ${JSON.stringify(error.hint)},\n  },\n`,
  );
  return `// ${generatedNotice}

/** One kind of error: its JSON-RPC code, what it means and what to do about it. */
export interface ErrorKindInfo {
  readonly code: number;
  readonly doc: string;
  readonly hint: string;
}

/** Every kind of error of the protocol, by its name. */
export const errorKinds = {
${lines.join("")}} as const satisfies Readonly<Record<string, ErrorKindInfo>>;

/** The name of a kind of error that this version knows. */
export type KnownErrorKind = keyof typeof errorKinds;

/** Open: a newer helper may send kinds that are not listed. */
export type ErrorKind = KnownErrorKind | (string & {});
`;
}

export function emitVersion(model: Model, version: string): string {
  return `// ${generatedNotice}

/** The version of this package. A helper that is launched must have the same one. */
export const VERSION = ${JSON.stringify(version)};

/** The protocol version that this client speaks. */
export const PROTOCOL_VERSION = "${model.protocolVersion}";

/** Names the exact shape of the protocol; equal on both sides when they were built from the same definition. */
export const PROTOCOL_HASH = "${model.hash}";
`;
}
