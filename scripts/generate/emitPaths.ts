import { allMethods, type Field, type Model, type TypeRef } from "./model.js";
import { generatedNotice } from "./prose.js";

/** Keys from the params down to a path; `*` stands for each element of a list or each value of a map. */
type KeyPath = readonly string[];

/** Where the params of each method hold paths of the helper's host, so that a client can resolve relative ones. */
export function emitPaths(model: Model): string {
  const lines = allMethods(model).flatMap((method) => {
    const found = unique(pathsInFields(model, method.params));
    return found.length === 0 ? [] : [`  "${method.name}": ${JSON.stringify(found)},\n`];
  });
  return `// ${generatedNotice}

/**
 * Where the params of a method hold paths of the helper's host: the keys that lead to each, \`*\` for every element of a list
 * and every value of a map. Variants of a union are not told apart; a key that is not there leads to nothing.
 */
export const pathsInParams: Readonly<Record<string, readonly (readonly string[])[]>> = {
${lines.join("")}};
`;
}

function pathsInFields(model: Model, fields: readonly Field[], within: ReadonlySet<string> = new Set()): KeyPath[] {
  return fields.flatMap((field) => pathsIn(model, field.type, within).map((rest) => [field.name, ...rest]));
}

/** A type that contains itself is not followed a second time; none of them holds a path. */
function pathsIn(model: Model, ref: TypeRef, within: ReadonlySet<string>): KeyPath[] {
  if (ref.kind !== "name") return pathsIn(model, ref.of, within).map((rest) => ["*", ...rest]);
  if (ref.name === "path") return [[]];
  const type = model.types.get(ref.name);
  if (type === undefined || within.has(ref.name)) return [];
  const inside = new Set([...within, ref.name]);
  switch (type.kind) {
    case "struct":
      return pathsInFields(model, type.fields, inside);
    case "union":
      return type.variants.flatMap(({ type: name }) => pathsIn(model, { kind: "name", name }, inside));
    case "alias":
      return pathsIn(model, type.type, inside);
    case "enum":
      return [];
  }
}

const unique = (paths: readonly KeyPath[]): KeyPath[] => [
  ...new Map(paths.map((path) => [JSON.stringify(path), path])).values(),
];
