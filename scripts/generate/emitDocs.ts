import { availabilityEntries } from "./emitTables.js";
import type { Domain, Event, Field, Method, Model, TypeDef } from "./model.js";
import { docParagraphs, generatedNotice, sinceSentence } from "./prose.js";
import { isBaseType, showTypeRef } from "./typeRef.js";
import { wireRules } from "./wireRules.js";

/** The reference for readers: wire rules, then every domain, error and limit of availability. */
export function emitDocs(model: Model): string {
  const contents = model.domains.map(({ name, doc }) => `- [${name}](#${name.toLowerCase()}): ${oneLine(doc)}`);
  return [
    `<!-- ${generatedNotice} -->\n\n# Protocol ${model.protocolVersion}`,
    wireRules,
    `## Domains\n\n${contents.join("\n")}`,
    ...model.domains.map((domain) => emitDomain(domain, model)),
    emitErrors(model),
    emitAvailability(model),
  ]
    .join("\n\n")
    .concat("\n");
}

function emitDomain(domain: Domain, model: Model): string {
  return [
    `## ${domain.name}\n\n${domain.doc}`,
    ...domain.methods.map((method) => emitMethod(method, model)),
    ...domain.events.map((event) => emitEvent(event, model)),
    ...domain.types.map((type) => emitType(type, model)),
  ].join("\n\n");
}

function emitMethod(method: Method, model: Model): string {
  const timeout = method.timeoutSeconds === null ? "none" : `${method.timeoutSeconds} s`;
  const facts = [
    method.errors.length > 0 ? `Errors: ${method.errors.map((kind) => `[${kind}](#errors)`).join(", ")}.` : undefined,
    method.progress ? `Progress: ${link(method.progress, model)}.` : undefined,
    `Default timeout: ${timeout}.`,
  ].filter((fact) => fact !== undefined);
  return [
    `### ${method.name}\n\n${docParagraphs(method).join("\n\n")}`,
    method.params.length > 0 ? table("Param", method.params, model) : "No params.",
    method.result.length > 0 ? table("Result", method.result, model) : "The result is an empty object.",
    facts.join(" "),
  ].join("\n\n");
}

function emitEvent(event: Event, model: Model): string {
  const heading = `### Event ${event.name}\n\n${docParagraphs(event).join("\n\n")}`;
  return event.params.length > 0 ? `${heading}\n\n${table("Param", event.params, model)}` : heading;
}

function emitType(type: TypeDef, model: Model): string {
  const heading = `### ${type.name}\n\n${docParagraphs(type).join("\n\n")}`;
  switch (type.kind) {
    case "struct":
      return type.fields.length > 0
        ? `${heading}\n\n${table("Field", type.fields, model)}`
        : `${heading} It has no fields.`;
    case "union": {
      const rows = type.variants.map((variant) => `| \`"${variant.name}"\` | ${link(variant.type, model)} |`);
      return `${heading}\n\n| \`${type.tag}\` | Further fields |\n|---|---|\n${rows.join("\n")}`;
    }
    case "enum": {
      const open = type.open ? "Open: values that are not listed may appear." : "These are all values.";
      const rows = type.values.map((value) => `| \`"${value.name}"\` | ${cell(docParagraphs(value))} |`);
      return `${heading} ${open}\n\n| Value | Meaning |\n|---|---|\n${rows.join("\n")}`;
    }
    case "alias":
      return `${heading} Written as \`${showTypeRef(type.type)}\`.`;
  }
}

function table(what: string, fields: readonly Field[], model: Model): string {
  const rows = fields.map((field) => {
    const name = `\`${field.name}\`${field.optional ? "?" : ""}`;
    return `| ${name} | ${typeCell(field, model)} | ${cell(docParagraphs(field))} |`;
  });
  return `| ${what} | Type | Meaning |\n|---|---|---|\n${rows.join("\n")}`;
}

function typeCell(field: Field, model: Model): string {
  const shown = showTypeRef(field.type);
  const inner = /[A-Za-z0-9]+(?=(\[\]|>)*$)/.exec(shown)?.[0] ?? shown;
  if (isBaseType(inner)) return `\`${shown}\``;
  return shown.replace(inner, link(inner, model)).replace("<", "\\<");
}

const link = (name: string, model: Model): string =>
  model.types.has(name) ? `[${name}](#${name.toLowerCase()})` : name;

const oneLine = (text: string): string => text.replace(/\n/g, " ");
const cell = (paragraphs: readonly string[]): string => paragraphs.map(oneLine).join(" ").replace(/\|/g, "\\|");

function emitErrors(model: Model): string {
  const rows = model.errors.map(
    (error) => `| \`${error.name}\` | ${error.code} | ${cell([error.doc])} | ${cell([error.hint])} |`,
  );
  return `## Errors

\`error.data\` is an [${model.errorData.name}](#${model.errorData.name.toLowerCase()}). Programs decide by \`kind\`; new kinds may appear.
An error about a message that could not be understood as a request may come without data: then its code tells the kind.

| Kind | Code | Meaning | What to do |
|---|---|---|---|
${rows.join("\n")}`;
}

function emitAvailability(model: Model): string {
  const rows = availabilityEntries(model).map(
    ({ name, since }) => `| \`${name}\` | ${sinceSentence(since) ?? "Everywhere."} |`,
  );
  return `## Availability

What is not listed exists everywhere. \`initialize\` reports what cannot be used on the host at hand, and why.

| Name | Where |
|---|---|
${rows.join("\n")}`;
}
