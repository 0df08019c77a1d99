import { emitSwiftEvent, emitSwiftMessages, emitSwiftType } from "./emitSwiftTypes.js";
import { availabilityEntries } from "./emitTables.js";
import { allEvents, allMethods, type Domain, type Method, type Model, pascal, type Since } from "./model.js";
import { docParagraphs, generatedNotice, swiftDoc } from "./prose.js";
import { swiftName, swiftString } from "./swiftNames.js";

const folder = "helper/Sources/HelperProtocol/Generated";
// What a generator lays out is nobody's to format.
const notice = `// ${generatedNotice}\n// swift-format-ignore-file`;
const testFolder = "helper/Tests/HelperProtocolTests/Generated";

/** Every generated Swift file by its path. */
export function emitSwift(model: Model, version: string): Map<string, string> {
  const files = new Map<string, string>(
    model.domains.map((domain) => [`${folder}/${pascal(domain.name)}.swift`, emitDomain(domain, model)] as const),
  );
  files.set(`${folder}/Router.swift`, emitRouter(model));
  files.set(`${folder}/ErrorKinds.swift`, emitErrorKind(model));
  files.set(`${folder}/AvailabilityTable.swift`, emitAvailabilityTable(model));
  files.set(`${folder}/ProtocolVersion.swift`, emitProtocolVersion(model));
  files.set(`${folder}/PackageVersion.swift`, emitPackageVersion(version));
  files.set(`${testFolder}/WireTypes.swift`, emitWireTypes(model));
  return files;
}

function emitDomain(domain: Domain, model: Model): string {
  const types = domain.types.map((type) => emitSwiftType(type, model));
  const messages = domain.methods.flatMap((method) => emitSwiftMessages(method, model));
  const events = domain.events.map((event) => emitSwiftEvent(event, model));
  const handlers = domain.methods.length > 0 ? [emitHandlers(domain), ...domain.methods.flatMap(progressOf)] : [];
  return [`${notice}\n\nimport Foundation\n`, ...types, ...messages, ...events, ...handlers].join("\n");
}

function emitHandlers(domain: Domain): string {
  const doc = swiftDoc([`${domain.doc}`, "Called on the connection's reader thread, in the order of arrival."]);
  const requirements = domain.methods.map((method) => {
    const params = method.params.length > 0 ? `_ params: ${method.paramsType}, ` : "";
    const name = swiftName(method.key);
    const line = `  func ${name}(${params}_ reply: Reply<${method.resultType}>)\n`;
    return `${swiftDoc(docParagraphs(method), "  ")}${line}`;
  });
  return `${doc}public protocol ${handlersOf(domain)}: AnyObject, Sendable {\n${requirements.join("\n")}}\n`;
}

const handlersOf = (domain: Domain): string => `${pascal(domain.name)}Requests`;

function progressOf(method: Method): string[] {
  if (method.progress === undefined) return [];
  return [
    `extension Reply where Result == ${method.resultType} {
  /// Tells the caller how far \`${method.name}\` is, if the caller asked for it.
  public func progress(_ value: ${method.progress}) {
    reportProgress(value)
  }
}
`,
  ];
}

function emitRouter(model: Model): string {
  const domains = model.domains.filter((domain) => domain.methods.length > 0);
  const parameters = domains.map((domain) => `    ${swiftName(domain.name)}: any ${handlersOf(domain)}`).join(",\n");
  const calls = domains.map((domain) => `    Self.add${pascal(domain.name)}(to: &table, ${swiftName(domain.name)})\n`);
  const adders = domains.map((domain) => {
    const routes = domain.methods.map((method) => {
      const [take, call] = method.params.length > 0 ? ["params, reply", "params, reply"] : ["reply", "reply"];
      return `    table.add(${swiftString(method.name)}) { ${take} in handlers.${swiftName(method.key)}(${call}) }\n`;
    });
    return `
  private static func add${pascal(domain.name)}(to table: inout RouteTable, _ handlers: any ${handlersOf(domain)}) {
${routes.join("")}  }
`;
  });
  return `${notice}

import JSONRPC

/// Leads every request to its handler. A handler that is missing does not compile.
public struct Router: Sendable {
  private let table: RouteTable

  public init(
${parameters}
  ) {
    var table = RouteTable()
${calls.join("")}    self.table = table
  }

  /// Decodes the params and calls the handler, on the calling thread. Params that do not fit and methods that do not
  /// exist are answered here.
  public func route(_ request: PendingRequest, params: RawJSON?) {
    table.route(request, params: params)
  }

  /// Every method by its name.
  public static let methods = [
${allMethods(model)
  .map((method) => `    ${swiftString(method.name)},\n`)
  .join("")}  ]
${adders.join("")}}
`;
}

function emitErrorKind(model: Model): string {
  const kinds = model.errors.map(
    (error) => `${swiftDoc([error.doc], "  ")}  public static let ${swiftName(error.name)} = ErrorKind(
    name: ${swiftString(error.name)}, code: ${error.code},
    hint: ${swiftString(error.hint)})
`,
  );
  return `${notice}

extension ErrorKind {
${kinds.join("\n")}
  /// Every kind of the protocol.
  public static let all: [ErrorKind] = [
${model.errors.map((error) => `    .${swiftName(error.name)},\n`).join("")}  ]
}
`;
}

function emitAvailabilityTable(model: Model): string {
  const lines = availabilityEntries(model).map(({ name, since }) => {
    const line = `    ${swiftString(name)}: Availability(${availabilityArguments(since)}),\n`;
    return line.length <= 121
      ? line
      : `    ${swiftString(name)}: Availability(\n      ${availabilityArguments(since)}),\n`;
  });
  return `${notice}

extension Availability {
  /// By the name of a method, type, event, or member (\`Type.field\`). What is not listed exists everywhere.
  public static let table: [String: Availability] = [
${lines.join("")}  ]
}
`;
}

function availabilityArguments({ macOS, arch, linux }: Since): string {
  return [
    macOS !== undefined && `macOS: ${swiftString(macOS)}`,
    arch !== undefined && `architecture: ${swiftString(arch)}`,
    linux !== undefined &&
      `linux: ${typeof linux === "string" ? `.note(${swiftString(linux)})` : linux ? ".yes" : ".no"}`,
  ]
    .filter((text) => text !== false)
    .join(", ");
}

function emitProtocolVersion(model: Model): string {
  return `${notice}

public enum ProtocolVersion {
  /// The newest protocol version that this helper speaks.
  public static let current = ${swiftString(model.protocolVersion)}

  /// Names the exact shape of the protocol; equal on both sides when they were built from the same definition.
  public static let hash = ${swiftString(model.hash)}
}
`;
}

function emitPackageVersion(version: string): string {
  return `${notice}

/// The version of vzkit; the npm package has the same one.
public enum PackageVersion {
  public static let current = ${swiftString(version)}
}
`;
}

/** For the tests: every wire type by the name that fixtures call it. */
function emitWireTypes(model: Model): string {
  const methods = allMethods(model);
  const names = [
    ...model.types.keys(),
    ...methods.flatMap((method) => (method.params.length > 0 ? [method.paramsType] : [])),
    ...methods.map((method) => method.resultType),
    ...allEvents(model).map((event) => event.typeName),
  ];
  return `${notice}

import HelperProtocol

/// Every wire type by its name in the protocol.
let wireTypes: [String: any (Codable & Sendable).Type] = [
${names.map((name) => `  ${swiftString(name)}: ${name}.self,\n`).join("")}]

/// Params type of every method that takes any.
let paramsTypes: [String: any (Codable & Sendable).Type] = [
${methods
  .filter((method) => method.params.length > 0)
  .map((method) => `  ${swiftString(method.name)}: ${method.paramsType}.self,\n`)
  .join("")}]

/// Result type of every method.
let resultTypes: [String: any (Codable & Sendable).Type] = [
${methods.map((method) => `  ${swiftString(method.name)}: ${method.resultType}.self,\n`).join("")}]

/// Params type of every event.
let eventTypes: [String: any (Codable & Sendable).Type] = [
${allEvents(model)
  .map((event) => `  ${swiftString(event.name)}: ${event.typeName}.self,\n`)
  .join("")}]
`;
}
