import type { TypeRef } from "./model.js";

/** The types every emitter knows without a definition. */
export const baseTypes = [
  "bool",
  "int32",
  "uint32",
  "int64",
  "uint64",
  "double",
  "string",
  "path",
  "bytes",
  "json",
] as const;

export type BaseType = (typeof baseTypes)[number];

export const isBaseType = (name: string): name is BaseType => (baseTypes as readonly string[]).includes(name);

/** Words people reach for, and what the grammar has instead. */
const replacements: Record<string, string> = {
  number: "say int32, uint32, int64, uint64 or double",
  int: "say int32, uint32, int64 or uint64",
  integer: "say int32, uint32, int64 or uint64",
  float: "say double",
  boolean: "say bool",
  any: "say json",
  object: "name a struct, or say map<T> or json",
  array: "say T[]",
};

/**
 * Reads `Name`, `T[]` and `map<T>`.
 * @returns the type, or a sentence saying what is wrong with the text.
 */
export function parseTypeRef(text: string): TypeRef | string {
  const written = text.trim();
  if (written.endsWith("[]")) return wrap("list", written.slice(0, -2));
  const map = /^map<(.*)>$/.exec(written);
  if (map?.[1] !== undefined) return wrap("map", map[1]);
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(written)) return `"${written}" is not a type; write Name, T[] or map<T>`;
  const replacement = replacements[written];
  if (replacement !== undefined) return `there is no type "${written}"; ${replacement}`;
  return { kind: "name", name: written };
}

function wrap(kind: "list" | "map", inner: string): TypeRef | string {
  const of = parseTypeRef(inner);
  return typeof of === "string" ? of : { kind, of };
}

/** The name at the heart of a written type. */
export const innermost = (type: TypeRef): string => (type.kind === "name" ? type.name : innermost(type.of));

/** The type as it is written in the spec. */
export function showTypeRef(type: TypeRef): string {
  if (type.kind === "name") return type.name;
  return type.kind === "list" ? `${showTypeRef(type.of)}[]` : `map<${showTypeRef(type.of)}>`;
}
