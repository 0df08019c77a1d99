import { isMap, isScalar, type Node } from "yaml";
import {
  coreDomain,
  type Described,
  type Domain,
  type ErrorKind,
  type Event,
  type Field,
  type Method,
  type NamedType,
  pascal,
  type Since,
  type Spec,
  type TypeDef,
  type TypeRef,
  type Variant,
} from "./model.js";
import type { ProblemList } from "./problems.js";
import { type Entry, SpecFile, SpecMap } from "./specMap.js";
import { parseTypeRef } from "./typeRef.js";

/** A spec file: the path to show in messages, and its text. */
export interface SpecSource {
  readonly path: string;
  readonly text: string;
}

const defaultTimeoutSeconds = 60;

/** Reads every file into one spec; shape mistakes are added to `problems`. */
export function loadSpec(sources: readonly SpecSource[], problems: ProblemList): Spec {
  const loaded = sources.map((source) => loadFile(new SpecFile(source.path, source.text, problems)));
  const version = loaded.map((file) => file.protocolVersion).find((found) => found !== undefined);
  const errorData = loaded.map((file) => file.errorData).find((found) => found !== undefined);
  const start = { file: sources[0]?.path ?? "protocol/spec", line: 1 };
  if (version === undefined) problems.add(start, `no ${coreDomain}.yml with a protocolVersion`);
  if (errorData === undefined) problems.add(start, `no ${coreDomain}.yml with the type of errorData`);
  return {
    protocolVersion: version ?? "0.0",
    domains: loaded.map((file) => file.domain),
    errors: loaded.flatMap((file) => file.errors),
    errorData: errorData ?? { name: "", at: start },
  };
}

interface LoadedFile {
  readonly domain: Domain;
  readonly errors: ErrorKind[];
  readonly protocolVersion: string | undefined;
  readonly errorData: NamedType | undefined;
}

function loadFile(file: SpecFile): LoadedFile {
  const map = new SpecMap(file, file.root, "the file");
  const name = map.text("domain");
  const expected = file.path.replace(/^.*\//, "").replace(/\.yml$/, "");
  if (name !== "" && name !== expected) {
    map.problem(`domain "${name}" must be called like its file, "${expected}"`, map.entry("domain")?.at);
  }
  const isCore = name === coreDomain;
  const prefix = loadPrefix(map, name);
  const domain = {
    name,
    doc: map.text("doc"),
    types: section(map, "types").map((entry) => loadType(file, entry)),
    methods: section(map, "methods").map((entry) => loadMethod(file, prefix, entry)),
    events: section(map, "events").map((entry) => loadEvent(file, prefix, entry)),
    at: map.at,
  };
  const protocolVersion = isCore ? map.version("protocolVersion") : undefined;
  const errors = isCore ? section(map, "errors").map((entry) => loadError(file, entry)) : [];
  const errorData = isCore ? loadErrorData(map) : undefined;
  map.finish();
  return { domain, errors, protocolVersion, errorData };
}

function loadErrorData(map: SpecMap): NamedType | undefined {
  const name = map.optionalText("errorData");
  return name === undefined ? undefined : { name, at: map.entry("errorData")?.at ?? map.at };
}

function section(map: SpecMap, key: string): Entry[] {
  const entry = map.entry(key);
  return entry === undefined ? [] : new SpecMap(map.file, entry.value, key, entry.at).all();
}

/** What every node may say about itself. */
function describe(map: SpecMap, name: string): Described {
  const since = loadSince(map);
  return { name, doc: map.text("doc"), wraps: map.texts("wraps"), at: map.at, ...(since && { since }) };
}

function loadSince(map: SpecMap): Since | undefined {
  const entry = map.entry("since");
  if (entry === undefined) return undefined;
  const since = new SpecMap(map.file, entry.value, `since of ${map.what}`, entry.at);
  const macOS = since.version("macOS");
  const arch = since.optionalText("arch");
  const knownArch = arch === "arm64" || arch === "x86_64" ? arch : undefined;
  if (arch !== undefined && knownArch === undefined) since.problem(`arch of ${map.what} must be arm64 or x86_64`);
  const linuxNode = since.entry("linux")?.value;
  const isFlag = isScalar(linuxNode) && typeof linuxNode.value === "boolean";
  const linux = isFlag ? since.boolean("linux") : since.optionalText("linux");
  since.finish();
  return {
    ...(macOS !== undefined && { macOS }),
    ...(knownArch !== undefined && { arch: knownArch }),
    ...(linux !== undefined && { linux }),
  };
}

function loadType(file: SpecFile, entry: Entry): TypeDef {
  const map = new SpecMap(file, entry.value, `type ${entry.key}`, entry.at);
  if (!/^[A-Z][A-Za-z0-9]*$/.test(entry.key)) map.problem(`type name "${entry.key}" must be in UpperCamelCase`);
  const described = describe(map, entry.key);
  const type = loadTypeBody(map, described);
  map.finish();
  return type;
}

function loadTypeBody(map: SpecMap, described: Described): TypeDef {
  const kind = map.text("kind");
  switch (kind) {
    case "union":
      return { ...described, kind, tag: map.text("tag"), variants: loadVariants(map) };
    case "enum":
      return { ...described, kind, open: loadOpen(map), values: loadValues(map) };
    case "alias":
      return { ...described, kind, type: loadTypeRef(map) };
    default:
      if (kind !== "struct" && kind !== "") {
        map.problem(`kind of ${map.what} must be struct, union, enum or alias`, map.entry("kind")?.at);
      }
      return { ...described, kind: "struct", fields: loadFields(map, "fields"), include: loadInclude(map) };
  }
}

function loadOpen(map: SpecMap): boolean {
  const open = map.boolean("open");
  if (map.entry("open") === undefined) {
    map.problem(`${map.what} must say open: true (values may be added later) or open: false`);
  }
  return open ?? false;
}

function loadVariants(map: SpecMap): Variant[] {
  const variants = section(map, "variants");
  if (variants.length === 0) map.problem(`${map.what} has no variants`);
  return variants.map((entry) => {
    if (!isMap(entry.value)) {
      return { name: entry.key, doc: "", type: map.textOf(entry) ?? "", wraps: [], at: entry.at };
    }
    const variant = new SpecMap(map.file, entry.value, `variant "${entry.key}" of ${map.what}`, entry.at);
    const since = loadSince(variant);
    const type = variant.text("type");
    const doc = variant.optionalText("doc") ?? "";
    const wraps = variant.texts("wraps");
    variant.finish();
    return { name: entry.key, doc, type, wraps, at: entry.at, ...(since && { since }) };
  });
}

function loadValues(map: SpecMap): Described[] {
  const values = section(map, "values");
  if (values.length === 0) map.problem(`${map.what} has no values`);
  return values.map((entry) => {
    if (!isMap(entry.value)) return { name: entry.key, doc: map.textOf(entry) ?? "", wraps: [], at: entry.at };
    const value = new SpecMap(map.file, entry.value, `value "${entry.key}" of ${map.what}`, entry.at);
    const described = describe(value, entry.key);
    value.finish();
    return described;
  });
}

function loadFields(map: SpecMap, key: string): Field[] {
  return section(map, key).map((entry) => {
    const optional = entry.key.endsWith("?");
    const name = optional ? entry.key.slice(0, -1) : entry.key;
    const field = new SpecMap(map.file, entry.value, `field "${name}" of ${map.what}`, entry.at);
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) field.problem(`field name "${name}" must be in lowerCamelCase`);
    const described = describe(field, name);
    const type = loadTypeRef(field);
    const fallback = loadDefault(field);
    if (fallback !== undefined && !optional) {
      field.problem(`${field.what} has a default, so its name must end in "?"`);
    }
    field.finish();
    return { ...described, type, optional, ...(fallback !== undefined && { default: fallback }) };
  });
}

function loadDefault(map: SpecMap): string | undefined {
  const entry = map.entry("default");
  if (entry === undefined) return undefined;
  if (isScalar(entry.value) && entry.value.value !== null) return String(entry.value.value);
  const isEmptyCollection = /^(\[\s*\]|\{\s*\})$/.test(String(entry.value ?? ""));
  if (isEmptyCollection) return String(entry.value);
  map.problem(`default of ${map.what} must be a value or a quoted sentence`, entry.at);
  return undefined;
}

function loadTypeRef(map: SpecMap): TypeRef {
  const text = map.text("type");
  const type = text === "" ? { kind: "name" as const, name: "json" } : parseTypeRef(text);
  if (typeof type !== "string") return type;
  map.problem(`${map.what}: ${type}`, map.entry("type")?.at);
  return { kind: "name", name: "json" };
}

/** `prefix: none` leaves the domain out of its method names. */
function loadPrefix(map: SpecMap, domain: string): string {
  const prefix = map.optionalText("prefix");
  if (prefix !== undefined && prefix !== "none") map.problem("prefix must be none or absent", map.entry("prefix")?.at);
  return prefix === undefined ? `${domain}.` : "";
}

function checkKey(map: SpecMap, key: string): void {
  if (!/^[a-z][A-Za-z0-9]*$/.test(key)) map.problem(`name "${key}" must be in lowerCamelCase`);
}

function loadMethod(file: SpecFile, prefix: string, entry: Entry): Method {
  const name = `${prefix}${entry.key}`;
  const map = new SpecMap(file, entry.value, `method ${name}`, entry.at);
  checkKey(map, entry.key);
  const progress = map.optionalText("progress");
  const method = {
    ...describe(map, name),
    key: entry.key,
    params: loadFields(map, "params"),
    include: loadInclude(map),
    result: loadFields(map, "result"),
    errors: map.texts("errors"),
    ...(progress !== undefined && { progress }),
    timeoutSeconds: loadTimeout(map),
    isFrequent: map.boolean("frequent") ?? false,
    paramsType: `${pascal(name)}Params`,
    resultType: `${pascal(name)}Result`,
  };
  map.finish();
  return method;
}

function loadInclude(map: SpecMap): NamedType[] {
  const at = map.entry("include")?.at ?? map.at;
  return map.texts("include").map((name) => ({ name, at }));
}

function loadTimeout(map: SpecMap): number | null {
  const entry = map.entry("timeout");
  if (entry === undefined) return defaultTimeoutSeconds;
  const value = isScalar(entry.value) ? entry.value.value : undefined;
  if (value === "none") return null;
  if (typeof value === "number" && value > 0) return value;
  map.problem(`timeout of ${map.what} must be none or a number of seconds`, entry.at);
  return null;
}

function loadEvent(file: SpecFile, prefix: string, entry: Entry): Event {
  const name = `${prefix}${entry.key}`;
  const map = new SpecMap(file, entry.value, `event ${name}`, entry.at);
  checkKey(map, entry.key);
  const event = {
    ...describe(map, name),
    key: entry.key,
    params: loadFields(map, "params"),
    typeName: `${pascal(name)}Event`,
  };
  map.finish();
  return event;
}

function loadError(file: SpecFile, entry: Entry): ErrorKind {
  const map = new SpecMap(file, entry.value, `error ${entry.key}`, entry.at);
  checkKey(map, entry.key);
  const code = codeOf(map.entry("code")?.value);
  if (code === undefined) map.problem(`${map.what} needs a code, a whole number`);
  const error = { ...describe(map, entry.key), code: code ?? 0, hint: map.text("hint") };
  map.finish();
  return error;
}

function codeOf(node: Node | null | undefined): number | undefined {
  return isScalar(node) && Number.isInteger(node.value) ? (node.value as number) : undefined;
}
