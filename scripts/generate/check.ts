import {
  allEvents,
  allMethods,
  type Described,
  type Field,
  type Spec,
  type StructType,
  type TypeDef,
  type TypeRef,
} from "./model.js";
import type { Position, ProblemList } from "./problems.js";
import { innermost, isBaseType } from "./typeRef.js";

/** Names that would hide something every generated file uses. */
const reservedTypeNames = new Set(
  "Any AnyObject Array Bool Codable Data Date Decodable Dictionary Double Encodable Error ErrorKind Int Int32 Int64 JSONValue Never Optional PathString Promise Protocol Record Reply Requests Events Result Router Self Sendable Set String Type UInt32 UInt64 URL Void WireError WireEvent".split(
    " ",
  ),
);

/** Everything that a single file cannot show: names, references and what they lead to. */
export function checkSpec(spec: Spec, problems: ProblemList): void {
  const types = checkTypeNames(spec, problems);
  for (const type of types.values()) checkType(type, types, problems);
  checkMessages(spec, types, problems);
  checkErrors(spec, problems);
  const { name, at } = spec.errorData;
  if (name !== "" && !types.has(name)) problems.add(at, `no type "${name}" for errorData`);
}

function checkTypeNames(spec: Spec, problems: ProblemList): Map<string, TypeDef> {
  const types = new Map<string, TypeDef>();
  const seen = new Map<string, Position>();
  const claim = (name: string, what: string, at: Position, among = seen) => {
    const before = among.get(name);
    if (before !== undefined) problems.add(at, `duplicate ${what} "${name}", first at ${before.file}:${before.line}`);
    else among.set(name, at);
    return before === undefined;
  };
  const names = new Map<string, Position>();
  for (const type of spec.domains.flatMap((domain) => domain.types)) {
    if (reservedTypeNames.has(type.name) || isBaseType(type.name)) {
      problems.add(type.at, `type name "${type.name}" is taken by the languages we generate; choose another`);
    }
    if (claim(type.name, "type", type.at)) types.set(type.name, type);
  }
  for (const message of [...allMethods(spec), ...allEvents(spec)]) claim(message.name, "name", message.at, names);
  for (const method of allMethods(spec)) {
    claim(method.paramsType, "type", method.at);
    claim(method.resultType, "type", method.at);
  }
  for (const event of allEvents(spec)) claim(event.typeName, "type", event.at);
  return types;
}

function checkType(type: TypeDef, types: Map<string, TypeDef>, problems: ProblemList): void {
  if (type.kind === "struct") {
    checkFields(type.fields, types, problems);
    checkEnd(type, types, problems);
  }
  if (type.kind === "alias") checkRef(type.type, type, types, problems);
  if (type.kind !== "union") return;
  if (!/^[a-z][A-Za-z0-9]*$/.test(type.tag)) problems.add(type.at, `tag "${type.tag}" must be in lowerCamelCase`);
  for (const variant of type.variants) {
    const struct = types.get(variant.type);
    const where = `variant "${variant.name}" of union ${type.name}`;
    if (struct === undefined) {
      problems.add(variant.at, `${where}: no type "${variant.type}"${suggest(variant.type, types)}`);
    } else if (struct.kind !== "struct") {
      problems.add(variant.at, `${where} must be a struct, and ${variant.type} is of kind ${struct.kind}`);
    } else if (struct.fields.some((field) => field.name === type.tag)) {
      problems.add(variant.at, `${where}: the tag "${type.tag}" is also a field of ${variant.type}`);
    }
  }
}

/** A value of a struct must come to an end: what leads back to it has to be optional or a list. */
function checkEnd(type: StructType, types: Map<string, TypeDef>, problems: ProblemList): void {
  const seen = new Set<string>();
  const leadsBack = (name: string): boolean => {
    if (name === type.name) return true;
    const inner = types.get(name);
    if (inner?.kind !== "struct" || seen.has(name)) return false;
    seen.add(name);
    return needed(inner).some((field) => leadsBack(innermost(field.type)));
  };
  const field = needed(type).find((candidate) => leadsBack(innermost(candidate.type)));
  if (field === undefined) return;
  problems.add(field.at, `${type.name} contains itself without end; make the field optional or a list`);
}

const needed = (type: StructType): Field[] =>
  type.fields.filter((field) => !field.optional && field.type.kind === "name");

function checkMessages(spec: Spec, types: Map<string, TypeDef>, problems: ProblemList): void {
  const kinds = new Set(spec.errors.map((error) => error.name));
  for (const method of allMethods(spec)) {
    checkFields(method.params, types, problems);
    checkFields(method.result, types, problems);
    for (const kind of method.errors) {
      if (!kinds.has(kind)) problems.add(method.at, `method ${method.name}: no error "${kind}" in core.yml`);
    }
    if (method.progress !== undefined && !types.has(method.progress)) {
      problems.add(method.at, `method ${method.name}: no type "${method.progress}" for its progress`);
    }
  }
  for (const event of allEvents(spec)) checkFields(event.params, types, problems);
}

function checkErrors(spec: Spec, problems: ProblemList): void {
  const codes = new Map<number, string>();
  for (const error of spec.errors) {
    const other = codes.get(error.code);
    if (other !== undefined) problems.add(error.at, `error ${error.name} has the code ${error.code} of ${other}`);
    codes.set(error.code, error.name);
  }
}

function checkFields(fields: readonly Field[], types: Map<string, TypeDef>, problems: ProblemList): void {
  const names = new Set<string>();
  for (const field of fields) {
    if (names.has(field.name)) problems.add(field.at, `duplicate field "${field.name}" (with and without "?")`);
    names.add(field.name);
    checkRef(field.type, field, types, problems);
  }
}

function checkRef(ref: TypeRef, owner: Described, types: Map<string, TypeDef>, problems: ProblemList): void {
  const name = innermost(ref);
  if (isBaseType(name) || types.has(name)) return;
  problems.add(owner.at, `"${owner.name}" has the type "${name}", which nothing defines${suggest(name, types)}`);
}

function suggest(name: string, types: Map<string, TypeDef>): string {
  const near = [...types.keys()].find((known) => known.toLowerCase() === name.toLowerCase());
  return near === undefined ? "" : `; did you mean ${near}?`;
}
