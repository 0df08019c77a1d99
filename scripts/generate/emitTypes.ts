import type { EnumType, Field, Model, TypeDef, TypeRef, UnionType } from "./model.js";
import { docParagraphs, generatedNotice, jsDoc } from "./prose.js";
import { type BaseType, isBaseType } from "./typeRef.js";

const baseTypeScript: Record<BaseType, string> = {
  bool: "boolean",
  int32: "number",
  uint32: "number",
  int64: "number",
  uint64: "number",
  double: "number",
  string: "string",
  path: "string",
  bytes: "string",
  json: "JSONValue",
};

const baseNote: Partial<Record<BaseType, string>> = {
  path: "An absolute path.",
  bytes: "Base64.",
};

/** The TypeScript interfaces of everything on the wire. */
export function emitTypes(model: Model): string {
  const parts = [`// ${generatedNotice}\n`, jsonValue];
  for (const domain of model.domains) {
    parts.push(...domain.types.map(emitType));
    for (const method of domain.methods) {
      if (method.params.length > 0) {
        parts.push(emitInterface(method.paramsType, [`Params of \`${method.name}\`.`], method.params));
      }
      if (method.result.length > 0) {
        parts.push(emitInterface(method.resultType, [`Result of \`${method.name}\`.`], method.result));
      }
    }
    for (const event of domain.events) {
      parts.push(
        emitInterface(event.typeName, docParagraphs(event, [`Params of the event \`${event.name}\`.`]), event.params),
      );
    }
  }
  return parts.join("\n");
}

const jsonValue = `/** Any JSON value. */
export type JSONValue = null | boolean | number | string | JSONValue[] | { [key: string]: JSONValue };

/** An answer that only says that it worked; later versions may put something in it. */
export type EmptyResult = Record<string, unknown>;
`;

function emitType(type: TypeDef): string {
  switch (type.kind) {
    case "struct":
      return emitInterface(type.name, docParagraphs(type), type.fields);
    case "union":
      return emitUnion(type);
    case "enum":
      return emitEnum(type);
    case "alias":
      return `${jsDoc(docParagraphs(type))}export type ${type.name} = ${showType(type.type)};\n`;
  }
}

function emitInterface(name: string, paragraphs: string[], fields: readonly Field[]): string {
  const head = `${jsDoc(paragraphs)}export interface ${name} {`;
  return fields.length === 0 ? `${head}}\n` : `${head}\n${fields.map(emitField).join("")}}\n`;
}

function emitField(field: Field): string {
  const note = field.type.kind === "name" && isBaseType(field.type.name) ? baseNote[field.type.name] : undefined;
  const doc = jsDoc(docParagraphs(field, note === undefined ? [] : [note]), "  ");
  const type = showType(field.type);
  return `${doc}  ${field.name}${field.optional ? "?" : ""}: ${type}${field.optional ? " | undefined" : ""};\n`;
}

function emitUnion(type: UnionType): string {
  const variants = type.variants.map((variant) => `{ ${type.tag}: ${JSON.stringify(variant.name)} } & ${variant.type}`);
  const [only] = variants;
  const body = variants.length === 1 ? ` ${only}` : variants.map((variant) => `\n  | (${variant})`).join("");
  return `${jsDoc(docParagraphs(type))}export type ${type.name} =${body};\n`;
}

function emitEnum(type: EnumType): string {
  const list = type.values.map((value) => `- \`${value.name}\`: ${docParagraphs(value).join(" ")}`).join("\n");
  const openness = type.open ? ["Open: a newer helper may send values that are not listed."] : [];
  const values = type.values.map((value) => JSON.stringify(value.name));
  const all = type.open ? [...values, "(string & {})"] : values;
  const line = `export type ${type.name} = ${all.join(" | ")};\n`;
  const body =
    line.length <= 121 ? line : `export type ${type.name} =${all.map((value) => `\n  | ${value}`).join("")};\n`;
  return jsDoc(docParagraphs(type, [list, ...openness])) + body;
}

/** A written type in TypeScript. */
export function showType(ref: TypeRef): string {
  if (ref.kind === "name") return isBaseType(ref.name) ? baseTypeScript[ref.name] : ref.name;
  const inner = showType(ref.of);
  return ref.kind === "list" ? `${inner}[]` : `Record<string, ${inner}>`;
}
