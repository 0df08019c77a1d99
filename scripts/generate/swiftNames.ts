import type { Model, TypeRef } from "./model.js";
import { type BaseType, isBaseType } from "./typeRef.js";

const baseSwift: Record<BaseType, string> = {
  bool: "Bool",
  int32: "Int32",
  uint32: "UInt32",
  int64: "Int64",
  uint64: "UInt64",
  double: "Double",
  string: "String",
  path: "PathString",
  bytes: "Data",
  json: "JSONValue",
};

/** Words that Swift takes for its own where a name is expected. */
const keywords = new Set(
  "Any Protocol Self Type as associatedtype await break case catch class continue default defer deinit do else enum extension fallthrough false fileprivate for func guard if import in init inout internal is let nil operator precedencegroup private protocol public repeat rethrows return self static struct subscript super switch throw throws true try typealias var where while".split(
    " ",
  ),
);

/** A name in a declaration or use, in backticks where Swift needs them. */
export const swiftName = (name: string): string => (keywords.has(name) ? `\`${name}\`` : name);

/** The Swift name of a value such as `x86_64` or `virtio-gpu`. */
export function swiftCase(value: string): string {
  const camel = value.replace(/[^A-Za-z0-9_]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? "");
  return /^[0-9]/.test(camel) ? `_${camel}` : swiftName(camel);
}

/** A written type in Swift. */
export function swiftType(ref: TypeRef): string {
  if (ref.kind === "name") return isBaseType(ref.name) ? baseSwift[ref.name] : ref.name;
  const inner = swiftType(ref.of);
  return ref.kind === "list" ? `[${inner}]` : `[String: ${inner}]`;
}

/** Whether a field would make its struct contain itself, which a Swift struct cannot. */
export function needsBox(owner: string, ref: TypeRef, model: Model): boolean {
  if (!model.recursive.has(owner)) return false;
  return ref.kind === "name" && model.recursive.has(ref.name) && model.types.get(ref.name)?.kind === "struct";
}

/** A Swift string literal. */
export const swiftString = (text: string): string =>
  `"${text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n")}"`;
