import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { errorKinds } from "../../src/protocol/errors.generated.js";
import { eventNames, methods } from "../../src/protocol/methods.generated.js";
import {
  eventSchemas,
  paramsSchemas,
  receivedSchemas,
  resultSchemas,
  sentSchemas,
} from "../../src/protocol/schemas.generated.js";
import {
  errorFixtures,
  eventFixtures,
  type InvalidCase,
  methodFixtures,
  protocol,
  typeFixtures,
} from "./fixtureFiles.js";
import { issuePaths } from "./issuePath.js";

type Schemas = Readonly<Record<string, z.ZodType>>;

const types = protocol.domains.flatMap((domain) => domain.types);

describe("golden fixtures", () => {
  it.each(methodFixtures)("%s fits its method", (_, fixture) => {
    const params = (paramsSchemas as Schemas)[fixture.method];
    for (const value of fixture.params) expectAccepted(params, value);
    for (const value of fixture.results) expectAccepted((resultSchemas as Schemas)[fixture.method], value);
    for (const invalid of fixture.invalidParams) expectRefused(params, invalid, "params");
  });

  it.each(eventFixtures)("%s fits its event", (_, fixture) => {
    for (const value of fixture.params) expectAccepted((eventSchemas as Schemas)[fixture.event], value);
  });

  it.each(typeFixtures)("%s fits its type", (_, fixture) => {
    const sent = (sentSchemas as Schemas)[fixture.type];
    const schemas = [sent, (receivedSchemas as Schemas)[fixture.type]].filter((schema) => schema !== undefined);
    expect(schemas).not.toEqual([]);
    for (const schema of schemas) for (const value of fixture.values) expectAccepted(schema, value);
    for (const invalid of fixture.invalid) expectRefused(sent ?? schemas[0], invalid, "value");
  });

  it.each(errorFixtures)("%s is an error of its kind", (name, { error }) => {
    const kind = error.data.kind as keyof typeof errorKinds;
    expect(name).toBe(`errors/${kind}.json`);
    expect(errorKinds[kind].code).toBe(error.code);
    expectAccepted((receivedSchemas as Schemas)[protocol.errorData], error.data);
  });
});

describe("nothing goes without a fixture", () => {
  it("has one with params and results for every method", () => {
    const complete = methodFixtures.filter(([, { method, params, results, invalidParams }]) => {
      const hasParams = methods[method as keyof typeof methods]?.hasParams;
      return results.length > 0 && (!hasParams || (params.length > 0 && invalidParams.length > 0));
    });
    expect(complete.map(([name]) => name).sort()).toEqual(
      Object.keys(methods)
        .map((name) => `${name}.json`)
        .sort(),
    );
  });

  it("has one for every event", () => {
    const complete = eventFixtures.filter(([, { params }]) => params.length > 0);
    expect(complete.map(([name]) => name).sort()).toEqual(eventNames.map((name) => `${name}.event.json`).sort());
  });

  it("has one for every error kind", () => {
    const wanted = Object.keys(errorKinds).map((kind) => `errors/${kind}.json`);
    expect(errorFixtures.map(([name]) => name).sort()).toEqual(wanted.sort());
  });

  it.each(types.filter((type) => type.kind === "union"))("has one for every variant of $name", (type) => {
    const fixture = typeFixtures.find(([, { type: name }]) => name === type.name)?.[1];
    const tag = type.tag ?? "";
    const found = new Set(fixture?.values.map((value) => (value as Record<string, unknown>)[tag]));
    expect([...found].sort()).toEqual(type.variants?.map((variant) => variant.name).sort());
  });

  it.each(types.filter((type) => type.kind === "enum"))("has one for every value of $name", (type) => {
    const fixture = typeFixtures.find(([, { type: name }]) => name === type.name)?.[1];
    for (const value of type.values ?? []) expect(fixture?.values).toContain(value.name);
  });
});

describe("an older client meets a newer helper", () => {
  it.each(methodFixtures)("%s: a result may say more", (_, { method, results }) => {
    for (const result of results) {
      const more = { ...(result as object), keyOfALaterVersion: 1 };
      expect((resultSchemas as Schemas)[method]?.parse(more)).toEqual(more);
    }
  });

  it.each(eventFixtures)("%s: an event may say more", (_, { event, params }) => {
    for (const value of params) {
      const more = { ...(value as object), keyOfALaterVersion: 1 };
      expect((eventSchemas as Schemas)[event]?.parse(more)).toEqual(more);
    }
  });
});

function expectAccepted(schema: z.ZodType | undefined, value: unknown): void {
  expect(schema?.safeParse(value)).toEqual({ success: true, data: value });
}

function expectRefused(schema: z.ZodType | undefined, { value, path }: InvalidCase, root: string): void {
  const outcome = schema?.safeParse(value);
  expect(outcome?.success, `${JSON.stringify(value)} must be refused`).toBe(false);
  expect(outcome?.error && issuePaths(root, outcome.error)).toContain(path);
}
