import * as openrpcMeta from "@open-rpc/meta-schema";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import openrpc from "../../protocol/generated/openrpc.json" with { type: "json" };
import { errorFixtures, eventFixtures, methodFixtures, typeFixtures } from "./fixtureFiles.js";

/**
 * The meta-schema refers to a JSON Schema meta-schema by an address on the net; draft 7, which it is a copy of, stands
 * in for it.
 */
const jsonSchema = {
  allOf: [{ $ref: "http://json-schema.org/draft-07/schema" }],
  definitions: { JSONSchemaObject: { properties: { $ref: { type: "string" } } } },
};

const ajv = new Ajv({ strict: false, validateFormats: false });
for (const address of ["https://meta.json-schema.tools", "https://meta.json-schema.tools/"]) {
  ajv.addSchema(jsonSchema, address);
}

// The package exports more than its types say. Its `$schema` is an address nobody needs to visit.
const { $schema: _, ...metaSchema } = (openrpcMeta as unknown as { openrpcDocument: Record<string, unknown> })
  .openrpcDocument;
const checkDocument = ajv.compile(metaSchema);

/** Checks values against a schema that lives inside the document. */
function validator(schema: object) {
  const validate = ajv.compile({ ...schema, components: openrpc.components });
  return (value: unknown) => (validate(value) ? [] : validate.errors);
}

const paramsSchema = (params: readonly { name: string; required?: boolean; schema: object }[]) => ({
  type: "object",
  properties: Object.fromEntries(params.map(({ name, schema }) => [name, schema])),
  required: params.filter((param) => param.required).map((param) => param.name),
  additionalProperties: false,
});

describe("the OpenRPC document", () => {
  it("is valid", () => {
    expect(checkDocument(openrpc) ? [] : checkDocument.errors).toEqual([]);
  });

  it("would not be valid with a method that says nothing", () => {
    expect(checkDocument({ ...openrpc, methods: [{ name: "ping" }] })).toBe(false);
  });

  it.each(methodFixtures)("describes %s", (_, { method, params, results }) => {
    const described = openrpc.methods.find(({ name }) => name === method);
    const checkParams = validator(paramsSchema(described?.params ?? []));
    for (const value of params) expect(checkParams(value)).toEqual([]);
    const checkResult = validator(described?.result.schema ?? { not: {} });
    for (const value of results) expect(checkResult(value)).toEqual([]);
  });

  it.each(eventFixtures)("describes %s", (_, { event, params }) => {
    const described = openrpc["x-notifications"].find(({ name }) => name === event);
    const check = validator(paramsSchema(described?.params ?? []));
    for (const value of params) expect(check(value)).toEqual([]);
  });

  it.each(typeFixtures)("describes %s", (_, { type, values }) => {
    const check = validator({ $ref: `#/components/schemas/${type}` });
    for (const value of values) expect(check(value)).toEqual([]);
  });

  it.each(errorFixtures)("describes %s", (_, { error }) => {
    const listed: Record<string, { code: number }> = openrpc.components.errors;
    expect(listed[error.data.kind]?.code).toBe(error.code);
  });
});
