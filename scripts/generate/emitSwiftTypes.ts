import { emitSwiftStruct, type SwiftStruct } from "./emitSwiftStruct.js";
import type { EnumType, Event, Method, Model, TypeDef, UnionType } from "./model.js";
import { docParagraphs, swiftDoc } from "./prose.js";
import { swiftCase, swiftString, swiftType } from "./swiftNames.js";

/** A named type of the spec in Swift. */
export function emitSwiftType(type: TypeDef, model: Model): string {
  switch (type.kind) {
    case "struct":
      return emitSwiftStruct({ ...type, paragraphs: docParagraphs(type), isClosed: model.sent.has(type.name) }, model);
    case "union":
      return emitUnion(type, model);
    case "enum":
      return type.open ? emitOpenEnum(type) : emitClosedEnum(type);
    case "alias":
      return `${swiftDoc(docParagraphs(type))}public typealias ${type.name} = ${swiftType(type.type)}\n`;
  }
}

/** Params and result of a method. */
export function emitSwiftMessages(method: Method, model: Model): string[] {
  const params = {
    name: method.paramsType,
    paragraphs: [`Params of \`${method.name}\`.`],
    fields: method.params,
    include: method.include,
    isClosed: true,
    extraKey: "progressToken",
  };
  const result = {
    name: method.resultType,
    paragraphs: [`Result of \`${method.name}\`.`],
    fields: method.result,
    isClosed: false,
    conformances: method.result.length === 0 ? ", EmptyWireResult" : "",
  };
  return (method.params.length > 0 ? [params, result] : [result]).map((struct: SwiftStruct) =>
    emitSwiftStruct(struct, model),
  );
}

export function emitSwiftEvent(event: Event, model: Model): string {
  return emitSwiftStruct(
    {
      name: event.typeName,
      paragraphs: docParagraphs(event, [`Params of the event \`${event.name}\`.`]),
      fields: event.params,
      isClosed: false,
      conformances: ", WireEvent",
      extraMembers: `  public static let method = ${swiftString(event.name)}\n`,
    },
    model,
  );
}

function emitUnion(type: UnionType, model: Model): string {
  const isClosed = model.sent.has(type.name);
  const indirect = model.recursive.has(type.name) ? "indirect " : "";
  const cases = type.variants.map((variant) => {
    const doc = swiftDoc(docParagraphs({ ...variant, doc: variant.doc || docOf(variant.type, model) }), "  ");
    return `${doc}  case ${swiftCase(variant.name)}(${variant.type})\n`;
  });
  const tag = swiftString(type.tag);
  const decodes = type.variants.map((variant) => {
    const check = `      try object.refuseUnknownKeys(${variant.type}.wireKeys, and: ${tag})\n`;
    const decode = `      self = .${swiftCase(variant.name)}(try ${variant.type}(object: object))\n`;
    return `    case ${swiftString(variant.name)}:\n${isClosed ? check : ""}${decode}`;
  });
  const encodes = type.variants.map(
    (variant) => `    case .${swiftCase(variant.name)}(let value):
      try object.encode(${swiftString(variant.name)}, forKey: ${tag})
      try value.encode(to: encoder)
`,
  );
  return `${swiftDoc(docParagraphs(type))}public ${indirect}enum ${type.name}: Codable, Equatable, Sendable {
${cases.join("")}
  static let variants = ${list(type.variants.map((variant) => variant.name))}

  public init(from decoder: any Decoder) throws {
    let object = try WireObject(decoder)
    let tag: String = try object.required(${tag})
    switch tag {
${decodes.join("")}    default: throw object.unknownVariant(tag, key: ${tag}, of: Self.variants)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: WireKey.self)
    switch self {
${encodes.join("")}    }
  }
}
`;
}

const docOf = (name: string, model: Model): string => model.types.get(name)?.doc ?? "";

/** A Swift array literal of strings, over several lines where it must be. */
function list(texts: readonly string[]): string {
  const line = `[${texts.map(swiftString).join(", ")}]`;
  if (line.length <= 90) return line;
  return `[\n${texts.map((text) => `    ${swiftString(text)},\n`).join("")}  ]`;
}

function emitOpenEnum(type: EnumType): string {
  const values = type.values.map((value) => {
    const doc = swiftDoc(docParagraphs(value), "  ");
    return `${doc}  public static let ${swiftCase(value.name)} = Self(rawValue: ${swiftString(value.name)})\n`;
  });
  const paragraphs = docParagraphs(type, ["Open: values that are not listed may appear."]);
  return `${swiftDoc(paragraphs)}public struct ${type.name}: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

${values.join("")}}
`;
}

function emitClosedEnum(type: EnumType): string {
  const cases = type.values.map((value) => {
    const doc = swiftDoc(docParagraphs(value), "  ");
    const name = swiftCase(value.name);
    const raw = name.replace(/`/g, "") === value.name ? "" : ` = ${swiftString(value.name)}`;
    return `${doc}  case ${name}${raw}\n`;
  });
  return `${swiftDoc(docParagraphs(type))}public enum ${type.name}: String, Codable, CaseIterable, Sendable {
${cases.join("")}
  public init(from decoder: any Decoder) throws {
    self = try decoder.closedEnum()
  }
}
`;
}
