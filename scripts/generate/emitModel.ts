import type { Described, Field, Model, TypeDef, TypeRef } from "./model.js";
import { generatedNotice } from "./prose.js";

/** The resolved protocol as JSON, for generators and readers in any language. */
export function emitModel(model: Model): string {
  const document = {
    $comment: generatedNotice,
    protocolVersion: model.protocolVersion,
    protocolHash: model.hash,
    errorData: model.errorData.name,
    domains: model.domains.map((domain) => ({
      name: domain.name,
      doc: domain.doc,
      types: domain.types.map((type) => describeType(type, model)),
      methods: domain.methods.map((method) => ({
        ...head(method),
        params: method.params.map(describeField),
        paramsType: method.paramsType,
        result: method.result.map(describeField),
        resultType: method.resultType,
        errors: method.errors,
        progress: method.progress,
        timeoutSeconds: method.timeoutSeconds,
      })),
      events: domain.events.map((event) => ({
        ...head(event),
        params: event.params.map(describeField),
        typeName: event.typeName,
      })),
    })),
    errors: model.errors.map((error) => ({ ...head(error), code: error.code, hint: error.hint })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function head({ name, doc, wraps, since }: Described) {
  return { name, doc: doc === "" ? undefined : doc, wraps: wraps.length > 0 ? wraps : undefined, since };
}

function describeType(type: TypeDef, model: Model) {
  const use = { sent: model.sent.has(type.name), received: model.received.has(type.name) };
  switch (type.kind) {
    case "struct":
      return { ...head(type), kind: type.kind, ...use, fields: type.fields.map(describeField) };
    case "union": {
      const variants = type.variants.map((variant) => ({ ...head(variant), type: variant.type }));
      return { ...head(type), kind: type.kind, ...use, tag: type.tag, variants };
    }
    case "enum":
      return { ...head(type), kind: type.kind, ...use, open: type.open, values: type.values.map(head) };
    case "alias":
      return { ...head(type), kind: type.kind, ...use, type: describeRef(type.type) };
  }
}

function describeField(field: Field) {
  return { ...head(field), type: describeRef(field.type), optional: field.optional, default: field.default };
}

function describeRef(ref: TypeRef): unknown {
  return ref.kind === "name" ? ref.name : { [ref.kind]: describeRef(ref.of) };
}
