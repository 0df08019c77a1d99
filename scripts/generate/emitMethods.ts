import { allEvents, allMethods, type Method, type Model } from "./model.js";
import { docParagraphs, generatedNotice, jsDoc } from "./prose.js";

/** The TypeScript maps from a method's or an event's name to its types. */
export function emitMethods(model: Model): string {
  const methods = allMethods(model);
  const events = allEvents(model);
  const used = [
    ...methods.flatMap((method) => [paramsOf(method), resultOf(method), method.progress ?? ""]),
    ...events.map((event) => event.typeName),
  ].filter((name) => name !== "" && name !== "undefined");
  return `// ${generatedNotice}

import type {
${[...new Set(used)]
  .sort()
  .map((name) => `  ${name},\n`)
  .join("")}} from "./types.generated.js";

/** Every request: its params, its result, the kinds of error it is known to fail with and what it reports on the way. */
export interface Requests {
${methods.map(emitMethod).join("")}}

/** Every event and what it carries. */
export interface Events {
${events.map((event) => `${jsDoc(docParagraphs(event), "  ")}  "${event.name}": ${event.typeName};\n`).join("")}}

/** What a client has to know about a method before it calls it. */
export interface MethodInfo {
  /** Whether the method takes params. */
  readonly hasParams: boolean;
  /** Whether it reports progress. */
  readonly hasProgress: boolean;
  /** Seconds to wait for the answer by default; null is for ever. */
  readonly timeoutSeconds: number | null;
  /** Whether it is called often and answered at once. */
  readonly isFrequent?: boolean;
}

export const methods = {
${methods.map(emitInfo).join("")}} as const satisfies { readonly [Method in keyof Requests]: MethodInfo };

export const eventNames = [
${events.map((event) => `  "${event.name}",\n`).join("")}] as const satisfies readonly (keyof Events)[];

/** The events that are about one machine, which they name. */
export const machineEventNames = [
${events
  .filter(({ params }) => params.some(({ name, optional }) => name === "machine" && !optional))
  .map((event) => `  "${event.name}",\n`)
  .join("")}] as const satisfies readonly (keyof Events)[];
`;
}

const paramsOf = (method: Method): string => (method.params.length > 0 ? method.paramsType : "undefined");
const resultOf = (method: Method): string => (method.result.length > 0 ? method.resultType : "EmptyResult");

function emitMethod(method: Method): string {
  const errors = method.errors.map((kind) => JSON.stringify(kind)).join(" | ") || "never";
  return `${jsDoc(docParagraphs(method), "  ")}  "${method.name}": {
    params: ${paramsOf(method)};
    result: ${resultOf(method)};
    errors: ${errors};
    progress: ${method.progress ?? "never"};
  };
`;
}

function emitInfo(method: Method): string {
  const hasParams = method.params.length > 0;
  const hasProgress = method.progress !== undefined;
  const frequent = method.isFrequent ? ", isFrequent: true" : "";
  return `  "${method.name}": { hasParams: ${hasParams}, hasProgress: ${hasProgress}, timeoutSeconds: ${method.timeoutSeconds}${frequent} },\n`;
}
