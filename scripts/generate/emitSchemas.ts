import { allEvents, allMethods, type Field, type Model, type TypeDef, type TypeRef } from "./model.js";
import { generatedNotice } from "./prose.js";
import { referred } from "./resolve.js";
import { type BaseType, isBaseType } from "./typeRef.js";

/** Params refuse keys they do not know; results and events let a newer helper say more. */
type Side = "sent" | "received";

const baseZod: Record<BaseType, string> = {
  bool: "z.boolean()",
  int32: "z.int32()",
  uint32: "z.uint32()",
  int64: "z.int()",
  uint64: "z.int().nonnegative()",
  double: "z.number()",
  string: "z.string()",
  path: "absolutePath",
  bytes: "z.base64()",
  json: "z.json()",
};

/** The zod schemas of params, results, progress and events. */
export function emitSchemas(model: Model): string {
  const methods = allMethods(model);
  const events = allEvents(model);
  const withParams = methods.filter((method) => method.params.length > 0);
  const withProgress = methods.filter((method) => method.progress !== undefined);
  return `// ${generatedNotice}

import * as z from "zod";
import type { Events, Requests } from "./methods.generated.js";
import type * as wire from "./types.generated.js";

const absolutePath = z.string().regex(/^\\/[^\\0]*$/, "must be an absolute path");

${(["sent", "received"] as const).map((side) => emitSide(model, side)).join("")}
/** Methods that take params. */
export type MethodWithParams = {
  [Method in keyof Requests]: Requests[Method]["params"] extends undefined ? never : Method;
}[keyof Requests];

/** Params of every method that has any; unknown keys are refused. */
export const paramsSchemas: { readonly [Method in MethodWithParams]: z.ZodType<Requests[Method]["params"]> } = {
${withParams.map((method) => `  "${method.name}": ${object(method.params, "sent", model)},\n`).join("")}};

/** Results of every method; unknown keys are kept. */
export const resultSchemas: { readonly [Method in keyof Requests]: z.ZodType<Requests[Method]["result"]> } = {
${methods.map((method) => `  "${method.name}": ${object(method.result, "received", model)},\n`).join("")}};

/** Values reported while a request runs. */
export const progressSchemas = {
${withProgress.map((method) => `  "${method.name}": ${method.progress}Received,\n`).join("")}} as const;

/** Params of every event; unknown keys are kept. */
export const eventSchemas: { readonly [Event in keyof Events]: z.ZodType<Events[Event]> } = {
${events.map((event) => `  "${event.name}": ${object(event.params, "received", model)},\n`).join("")}};

/** Every named type, as a client sends it. */
export const sentSchemas = {
${inOrder(model, "sent")
  .map((type) => `  ${type.name}: ${type.name}Sent,\n`)
  .join("")}} as const;

/** Every named type, as a client receives it. */
export const receivedSchemas = {
${inOrder(model, "received")
  .map((type) => `  ${type.name}: ${type.name}Received,\n`)
  .join("")}} as const;
`;
}

const suffix = (side: Side): string => (side === "sent" ? "Sent" : "Received");

function emitSide(model: Model, side: Side): string {
  return inOrder(model, side)
    .map((type) => emitType(type, side, model))
    .join("");
}

/** Types that this side needs, each after those it is made of. */
function inOrder(model: Model, side: Side): TypeDef[] {
  const done = new Map<string, TypeDef>();
  const visiting = new Set<string>();
  const visit = (name: string) => {
    const type = model.types.get(name);
    if (type === undefined || !model[side].has(name) || done.has(name) || visiting.has(name)) return;
    visiting.add(name);
    for (const inner of referred(type)) visit(inner);
    done.set(name, type);
  };
  for (const name of model.types.keys()) visit(name);
  return [...done.values()];
}

function emitType(type: TypeDef, side: Side, model: Model): string {
  const name = `${type.name}${suffix(side)}`;
  switch (type.kind) {
    case "struct":
      return (
        `const ${name}Fields = ${shape(type.fields, side, model, "")};\n` +
        `const ${name}: z.ZodType<wire.${type.name}> = ${objectCall(side)}(${name}Fields);\n\n`
      );
    case "union": {
      const variants = type.variants.map(
        (variant) =>
          `  ${objectCall(side)}({ ${type.tag}: z.literal(${JSON.stringify(variant.name)}), ...${variant.type}${suffix(side)}Fields }),\n`,
      );
      return `const ${name}: z.ZodType<wire.${type.name}> = z.discriminatedUnion("${type.tag}", [\n${variants.join("")}]);\n\n`;
    }
    case "enum": {
      const values = type.values.map((value) => JSON.stringify(value.name)).join(", ");
      const zod = type.open ? "z.string()" : `z.enum([${values}])`;
      return `const ${name}: z.ZodType<wire.${type.name}> = ${zod};\n\n`;
    }
    case "alias":
      return `const ${name}: z.ZodType<wire.${type.name}> = ${show(type.type, side, model)};\n\n`;
  }
}

const objectCall = (side: Side): string => (side === "sent" ? "z.strictObject" : "z.looseObject");

function object(fields: readonly Field[], side: Side, model: Model): string {
  return `${objectCall(side)}(${shape(fields, side, model, "  ")})`;
}

function shape(fields: readonly Field[], side: Side, model: Model, indent: string): string {
  if (fields.length === 0) return "{}";
  const lines = fields.map((field) => emitField(field, side, model, `${indent}  `));
  return `{\n${lines.join("")}${indent}}`;
}

/** A field that leads back to its own type is a getter, since the schema it names does not exist yet. */
function emitField(field: Field, side: Side, model: Model, indent: string): string {
  const zod = show(field.type, side, model) + (field.optional ? ".optional()" : "");
  const inner = field.type.kind === "name" ? field.type.name : "";
  if (!model.recursive.has(inner)) return `${indent}${field.name}: ${zod},\n`;
  const type = `z.ZodType<wire.${inner}${field.optional ? " | undefined" : ""}>`;
  return `${indent}get ${field.name}(): ${type} {\n${indent}  return ${zod};\n${indent}},\n`;
}

function show(ref: TypeRef, side: Side, model: Model): string {
  if (ref.kind === "list") return `z.array(${show(ref.of, side, model)})`;
  if (ref.kind === "map") return `z.record(z.string(), ${show(ref.of, side, model)})`;
  return isBaseType(ref.name) ? baseZod[ref.name] : `${ref.name}${suffix(side)}`;
}
