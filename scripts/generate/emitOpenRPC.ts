import { fieldSchema, type JSONSchema, objectSchema, typeSchema } from "./jsonSchema.js";
import { allEvents, allMethods, type Field, type Method, type Model } from "./model.js";
import { docParagraphs, generatedNotice } from "./prose.js";

/** The OpenRPC document. Events, which OpenRPC has no place for, are under `x-notifications`. */
export function emitOpenRPC(model: Model): string {
  const domains = new Map(
    model.domains.flatMap(({ name, methods }) => methods.map((method) => [method, name] as const)),
  );
  const document = {
    openrpc: "1.3.2",
    info: {
      title: "vzkit helper",
      version: model.protocolVersion,
      description: `JSON-RPC 2.0 over stdio or a Unix socket. ${generatedNotice}.`,
    },
    methods: allMethods(model).map((method) => describeMethod(method, domains.get(method) ?? "", model)),
    components: {
      schemas: Object.fromEntries([...model.types.values()].map((type) => [type.name, typeSchema(type, model)])),
      errors: Object.fromEntries(
        model.errors.map((error) => [
          error.name,
          { code: error.code, message: error.doc, data: errorData(error.name) },
        ]),
      ),
    },
    "x-notifications": allEvents(model).map((event) => ({
      name: event.name,
      description: docParagraphs(event).join("\n\n"),
      params: event.params.map(describeParam),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function describeParam(field: Field) {
  const description = docParagraphs(field).join("\n\n");
  return { name: field.name, description, required: !field.optional, schema: fieldSchema(field) };
}

const progressToken = {
  name: "progressToken",
  description: "Asks for notifications `$/progress` that carry this token.",
  required: false,
  schema: { type: ["string", "integer"] } as JSONSchema,
};

const errorData = (kind: string) => ({ kind });

function describeMethod(method: Method, domain: string, model: Model) {
  const required = method.params.filter((field) => !field.optional);
  const optional = method.params.filter((field) => field.optional);
  const [summary] = method.doc.split(/(?<=\.)\s/);
  return {
    name: method.name,
    tags: [{ name: domain }],
    summary,
    description: docParagraphs(method).join("\n\n"),
    paramStructure: "by-name",
    // OpenRPC wants those that may be left out last.
    params: [...required, ...optional].map(describeParam).concat(method.progress === undefined ? [] : [progressToken]),
    result: { name: method.resultType, schema: objectSchema(method.result, false) },
    errors: method.errors.map((kind) => ({ $ref: `#/components/errors/${kind}` })),
    ...(method.progress !== undefined && {
      "x-progress": { $ref: `#/components/schemas/${method.progress}` },
    }),
    "x-timeoutSeconds": method.timeoutSeconds,
    ...(method.since !== undefined && { "x-since": method.since }),
    ...(method.wraps.length > 0 && { "x-wraps": method.wraps }),
    ...(model.errorData.name !== "" && { "x-errorData": { $ref: `#/components/schemas/${model.errorData.name}` } }),
  };
}
