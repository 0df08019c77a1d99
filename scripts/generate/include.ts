import type { Field, Method, NamedType, Spec, StructType, TypeDef } from "./model.js";
import type { ProblemList } from "./problems.js";

/** Puts the fields of included structs where they are included, after the fields written there. */
export function expandIncludes(spec: Spec, problems: ProblemList): Spec {
  const structs = new Map(
    spec.domains.flatMap(({ types }) => types.filter(isStruct)).map((type) => [type.name, type] as const),
  );
  const included = (names: readonly NamedType[], within: readonly string[]): Field[] =>
    names.flatMap(({ name, at }) => {
      const type = structs.get(name);
      if (type === undefined) problems.add(at, `no struct "${name}" to include`);
      else if (within.includes(name)) problems.add(at, `"${name}" includes itself`);
      else return [...type.fields, ...included(type.include, [...within, name])];
      return [];
    });
  const expandType = (type: TypeDef): TypeDef =>
    isStruct(type) ? { ...type, fields: [...type.fields, ...included(type.include, [type.name])] } : type;
  const expandMethod = (method: Method): Method => ({
    ...method,
    params: [...method.params, ...included(method.include, [])],
  });
  return {
    ...spec,
    domains: spec.domains.map((domain) => ({
      ...domain,
      types: domain.types.map(expandType),
      methods: domain.methods.map(expandMethod),
    })),
  };
}

const isStruct = (type: TypeDef): type is StructType => type.kind === "struct";
