import {
  allEvents,
  allMethods,
  type EnumType,
  type Event,
  type Field,
  type Method,
  type Model,
  type UnionType,
} from "./model.js";
import { sampleObject, sampleType } from "./sampleValues.js";

/** A first draft of every golden fixture, by its path. They are edited by hand and never written over. */
export function draftFixtures(model: Model): Map<string, string> {
  const drafts = new Map<string, unknown>();
  const at = (name: string) => `protocol/fixtures/${name}.json`;
  for (const method of allMethods(model)) drafts.set(at(method.name), draftMethod(method, model));
  for (const event of allEvents(model)) drafts.set(at(`${event.name}.event`), draftEvent(event, model));
  for (const type of model.types.values()) {
    if (type.kind === "union" || type.kind === "enum") drafts.set(at(`types/${type.name}`), draftType(type, model));
  }
  for (const error of model.errors) {
    const data = { kind: error.name, hint: error.hint };
    drafts.set(at(`errors/${error.name}`), { error: { code: error.code, message: error.doc, data } });
  }
  return new Map([...drafts].map(([path, value]) => [path, `${JSON.stringify(value, null, 2)}\n`]));
}

/** The fullest and the smallest object; one when they are equal. */
function both(fields: readonly Field[], model: Model): unknown[] {
  const full = sampleObject(fields, true, model);
  const hasOptional = JSON.stringify(full) !== JSON.stringify(sampleObject(fields, false, model));
  return hasOptional ? [full, sampleObject(fields, false, model)] : [full];
}

function draftMethod(method: Method, model: Model) {
  const params = method.params.length > 0 ? both(method.params, model) : [];
  return {
    method: method.name,
    params,
    results: both(method.result, model),
    invalidParams: invalidParams(method, model),
  };
}

function invalidParams(method: Method, model: Model): unknown[] {
  if (method.params.length === 0) return [];
  const valid = sampleObject(method.params, false, model);
  const required = method.params.find((field) => !field.optional);
  const cases: unknown[] = [{ value: { ...valid, notAnOption: 1 }, path: "params.notAnOption" }];
  if (required !== undefined) {
    const { [required.name]: _, ...rest } = valid;
    const path = `params.${required.name}`;
    cases.push({ value: rest, path }, { value: { ...valid, [required.name]: null }, path });
  }
  const [first] = method.params;
  if (first !== undefined) cases.push({ value: { ...valid, [first.name]: [[]] }, path: `params.${first.name}` });
  return cases;
}

function draftEvent(event: Event, model: Model) {
  return { event: event.name, params: both(event.params, model) };
}

function draftType(type: UnionType | EnumType, model: Model) {
  const invalid = type.kind === "union" ? invalidUnion(type, model) : invalidEnum(type);
  return { type: type.name, values: sampleType(type.name, true, model), invalid };
}

function invalidUnion(type: UnionType, model: Model): unknown[] {
  const value = sampleType(type.name, false, model)[0] as object;
  const cases: unknown[] = [
    { value: { ...value, [type.tag]: "notAVariant" }, path: `value.${type.tag}` },
    { value: {}, path: `value.${type.tag}` },
  ];
  if (model.sent.has(type.name)) cases.push({ value: { ...value, notAField: 1 }, path: "value.notAField" });
  return cases;
}

function invalidEnum(type: EnumType): unknown[] {
  const unknown = type.open ? [] : [{ value: "notAValue", path: "value" }];
  return [...unknown, { value: 1, path: "value" }];
}
