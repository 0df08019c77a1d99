import { createHash } from "node:crypto";
import { checkSpec } from "./check.js";
import { expandIncludes } from "./include.js";
import { loadSpec, type SpecSource } from "./load.js";
import { allEvents, allMethods, type Field, type Model, type Spec, type TypeDef } from "./model.js";
import { ProblemList } from "./problems.js";
import { innermost } from "./typeRef.js";

/**
 * Loads, checks and resolves a spec.
 * @throws {SpecProblems} with every mistake in it.
 */
export function resolveSpec(sources: readonly SpecSource[]): Model {
  const problems = new ProblemList();
  const spec = expandIncludes(loadSpec(sources, problems), problems);
  checkSpec(spec, problems);
  problems.throwIfAny();
  const types = new Map(spec.domains.flatMap((domain) => domain.types).map((type) => [type.name, type]));
  const methods = allMethods(spec);
  const received = [
    spec.errorData.name,
    ...methods.flatMap((method) => namesIn(method.result)),
    ...methods.flatMap((method) => method.progress ?? []),
    ...allEvents(spec).flatMap((event) => namesIn(event.params)),
  ];
  return {
    ...spec,
    types,
    sent: reach(
      types,
      methods.flatMap((method) => namesIn(method.params)),
    ),
    received: reach(types, received),
    recursive: new Set(
      [...types.values()].filter((type) => reach(types, referred(type)).has(type.name)).map((type) => type.name),
    ),
    hash: hashOf(spec),
  };
}

const namesIn = (fields: readonly Field[]): string[] => fields.map((field) => innermost(field.type));

/** Names that a type refers to directly. */
export function referred(type: TypeDef): string[] {
  switch (type.kind) {
    case "struct":
      return namesIn(type.fields);
    case "union":
      return type.variants.map((variant) => variant.type);
    case "alias":
      return [innermost(type.type)];
    case "enum":
      return [];
  }
}

function reach(types: ReadonlyMap<string, TypeDef>, from: readonly string[]): Set<string> {
  const found = new Set<string>();
  const waiting = [...from];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const type = types.get(name);
    if (type === undefined || found.has(name)) continue;
    found.add(name);
    waiting.push(...referred(type));
  }
  return found;
}

/** Keys that say something to readers only; a change in them changes nothing on the wire. */
const prose = new Set(["doc", "hint", "wraps", "since", "at", "default", "isFrequent", "include"]);

/** Names the protocol's shape: two sides with the same hash understand each other fully. */
function hashOf(spec: Spec): string {
  const shape = JSON.stringify(spec, (key, value: unknown) => (prose.has(key) ? undefined : value));
  return createHash("sha256").update(shape).digest("hex").slice(0, 16);
}
