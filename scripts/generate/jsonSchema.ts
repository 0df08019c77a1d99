import type { Field, Model, TypeDef, TypeRef } from "./model.js";
import { docParagraphs } from "./prose.js";
import { type BaseType, isBaseType } from "./typeRef.js";

export type JSONSchema = { readonly [key: string]: unknown };

const safe = Number.MAX_SAFE_INTEGER;

const baseSchema: Record<BaseType, JSONSchema> = {
  bool: { type: "boolean" },
  int32: { type: "integer", minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  uint32: { type: "integer", minimum: 0, maximum: 2 ** 32 - 1 },
  int64: { type: "integer", minimum: -safe, maximum: safe },
  uint64: { type: "integer", minimum: 0, maximum: safe },
  double: { type: "number" },
  string: { type: "string" },
  path: { type: "string", pattern: "^/" },
  bytes: { type: "string", contentEncoding: "base64" },
  json: {},
};

/** A named type as JSON Schema. A type that is only received leaves room for keys of a newer helper. */
export function typeSchema(type: TypeDef, model: Model): JSONSchema {
  const isClosed = model.sent.has(type.name) && !model.received.has(type.name);
  const description = docParagraphs(type).join("\n\n");
  switch (type.kind) {
    case "struct":
      return { description, ...objectSchema(type.fields, isClosed) };
    case "union": {
      const oneOf = type.variants.map((variant) => {
        const struct = model.types.get(variant.type);
        const fields = struct?.kind === "struct" ? struct.fields : [];
        return { title: variant.type, ...objectSchema(fields, isClosed, { [type.tag]: { const: variant.name } }) };
      });
      return { description, oneOf };
    }
    case "enum": {
      const values = type.values.map((value) => value.name);
      const list = type.values.map((value) => `- ${value.name}: ${value.doc}`).join("\n");
      const allowed = type.open ? { examples: values } : { enum: values };
      return { description: `${description}\n\n${list}`, type: "string", ...allowed };
    }
    case "alias":
      return { description, ...refSchema(type.type) };
  }
}

/** An object with these fields. */
export function objectSchema(fields: readonly Field[], isClosed: boolean, tag: JSONSchema = {}): JSONSchema {
  const properties = Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)]));
  const required = [...Object.keys(tag), ...fields.filter((field) => !field.optional).map((field) => field.name)];
  return {
    type: "object",
    properties: { ...tag, ...properties },
    ...(required.length > 0 && { required }),
    ...(isClosed && { additionalProperties: false }),
  };
}

export function fieldSchema(field: Field): JSONSchema {
  const description = docParagraphs(field).join("\n\n");
  const schema = refSchema(field.type);
  // JSON Schema draft 7 ignores everything beside a $ref.
  return "$ref" in schema ? { description, allOf: [schema] } : { description, ...schema };
}

export function refSchema(ref: TypeRef): JSONSchema {
  if (ref.kind === "list") return { type: "array", items: refSchema(ref.of) };
  if (ref.kind === "map") return { type: "object", additionalProperties: refSchema(ref.of) };
  return isBaseType(ref.name) ? baseSchema[ref.name] : { $ref: `#/components/schemas/${ref.name}` };
}
