import { allMethods, type Field, type Model, type NamedType } from "./model.js";
import { docParagraphs, swiftDoc } from "./prose.js";
import { needsBox, swiftName, swiftString, swiftType } from "./swiftNames.js";

/** How a struct is written: its name and doc, its fields, and what it is used for. */
export interface SwiftStruct {
  readonly name: string;
  readonly paragraphs: readonly string[];
  readonly fields: readonly Field[];
  /** Structs whose fields are among them. */
  readonly include?: readonly NamedType[];
  /** A client sends it: unknown keys are refused. */
  readonly isClosed: boolean;
  /** One more key that a sender may use. */
  readonly extraKey?: string;
  /** More protocols to conform to, each with a leading comma. */
  readonly conformances?: string;
  /** Members before the fields. */
  readonly extraMembers?: string;
}

export function emitSwiftStruct(struct: SwiftStruct, model: Model): string {
  const conformances = `Codable, Equatable, Sendable${struct.conformances ?? ""}`;
  const boxed = (field: Field) => needsBox(struct.name, field.type, model);
  const members = [
    struct.extraMembers ?? "",
    struct.fields.map((field) => property(field, needsBox(struct.name, field.type, model))).join(""),
    memberwiseInit(struct.fields, boxed),
    decoding(struct, boxed),
    encoding(struct.fields),
    ...(struct.include ?? []).map(({ name }) => includedMember(name, model)),
    isFillable(struct, model) ? filling(struct.fields) : "",
  ].filter((text) => text !== "");
  return `${swiftDoc(struct.paragraphs)}public struct ${struct.name}: ${conformances} {\n${members.join("\n")}}\n`;
}

const typeOf = (field: Field): string => `${swiftType(field.type)}${field.optional ? "?" : ""}`;

function property(field: Field, isBoxed: boolean): string {
  const doc = swiftDoc(docParagraphs(field), "  ");
  const name = swiftName(field.name);
  if (!isBoxed) return `${doc}  public var ${name}: ${typeOf(field)}\n`;
  return `${doc}  public var ${name}: ${typeOf(field)} {
    get { ${field.name}Box.first }
    set { ${field.name}Box = newValue.map { [$0] } ?? [] }
  }
  // At most one element: a struct cannot hold itself, an array of it can.
  private var ${field.name}Box: [${swiftType(field.type)}] = []
`;
}

/** Gives the fields of an included struct by themselves, so that code for them is written once. */
function includedMember(name: string, model: Model): string {
  const type = model.types.get(name);
  const fields = type?.kind === "struct" ? type.fields.map((field) => swiftName(field.name)) : [];
  const property = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return `  /// The fields of \`${name}\` by themselves.
  public var ${property}: ${name} {
    get {
      ${name}(
${fields.map((field) => `        ${field}: ${field}`).join(",\n")})
    }
    set {
${fields.map((field) => `      ${field} = newValue.${field}\n`).join("")}    }
  }
`;
}

/** Whether something can be left out of a struct everywhere, and taken from another. */
function isFillable({ name, fields }: SwiftStruct, model: Model): boolean {
  const isIncluded = (include: readonly NamedType[]) => include.some((each) => each.name === name);
  const isUsed =
    allMethods(model).some(({ include }) => isIncluded(include)) ||
    [...model.types.values()].some((type) => type.kind === "struct" && isIncluded(type.include));
  return isUsed && fields.every(({ optional }) => optional);
}

function filling(fields: readonly Field[]): string {
  const names = fields.map((field) => swiftName(field.name));
  return `  /// The same with what is absent taken from \`other\`.
  public func filled(from other: Self) -> Self {
    Self(
${names.map((name) => `      ${name}: ${name} ?? other.${name}`).join(",\n")})
  }
`;
}

function memberwiseInit(fields: readonly Field[], boxed: (field: Field) => boolean): string {
  if (fields.length === 0) return "  public init() {}\n";
  const parameters = fields.map(
    (field) => `${swiftName(field.name)}: ${typeOf(field)}${field.optional ? " = nil" : ""}`,
  );
  const line = `  public init(${parameters.join(", ")}) {\n`;
  const head =
    line.length <= 121 ? line : `  public init(\n${parameters.map((text) => `    ${text}`).join(",\n")}\n  ) {\n`;
  return `${head}${fields.map((field) => assignment(field, swiftName(field.name), boxed(field))).join("")}  }\n`;
}

function assignment(field: Field, value: string, isBoxed: boolean): string {
  if (!isBoxed) return `    self.${field.name} = ${value}\n`;
  return `    self.${field.name}Box = ${value}.map { [$0] } ?? []\n`;
}

function decoding({ fields, isClosed, extraKey }: SwiftStruct, boxed: (field: Field) => boolean): string {
  const keys = fields.map((field) => swiftString(field.name)).join(", ");
  const known = keysLines(keys, fields);
  const extra = extraKey === undefined ? "" : `, and: ${swiftString(extraKey)}`;
  const object = isClosed ? `WireObject(decoder, knownKeys: Self.wireKeys${extra})` : "WireObject(decoder)";
  const reads = fields.map((field) => {
    const call = `${field.optional ? "optional" : "required"}(${swiftString(field.name)})`;
    // A boxed field needs the type spelled out, since nothing else tells it to the compiler.
    const typed = boxed(field) ? `(try object.${call} as ${typeOf(field)})` : `try object.${call}`;
    return assignment(field, typed, boxed(field));
  });
  return `${isClosed ? known : ""}  public init(from decoder: any Decoder) throws {
    try self.init(object: ${object})
  }

  init(object: WireObject) throws {${reads.length > 0 ? `\n${reads.join("")}  }` : "}"}
`;
}

function keysLines(keys: string, fields: readonly Field[]): string {
  const value = fields.length === 0 ? "[]" : `[${keys}]`;
  const line = `  static let wireKeys: Set<String> = ${value}\n`;
  if (line.length <= 121) return `${line}\n`;
  const lines = fields.map((field) => `    ${swiftString(field.name)},\n`).join("");
  return `  static let wireKeys: Set<String> = [\n${lines}  ]\n\n`;
}

function encoding(fields: readonly Field[]): string {
  const writes = fields.map((field) => {
    const call = field.optional ? "encodeIfPresent" : "encode";
    return `    try object.${call}(${swiftName(field.name)}, forKey: ${swiftString(field.name)})\n`;
  });
  const binding = fields.length > 0 ? "var object" : "_";
  return `  public func encode(to encoder: any Encoder) throws {
    ${binding} = encoder.container(keyedBy: WireKey.self)
${writes.join("")}  }
`;
}
