import { pathsInParams } from "../protocol/paths.generated.js";

/** Returns the params of a method with each path in them resolved; what is not a string is left to the check of the params. */
export function resolvePaths(method: string, params: unknown, resolve: (path: string) => string): unknown {
  const places = Object.hasOwn(pathsInParams, method) ? (pathsInParams[method] ?? []) : [];
  return places.reduce((value: unknown, keys) => changed(value, keys, resolve), params);
}

/** Copies only what lies on the way to a path: the caller's objects stay as they are. */
function changed(value: unknown, keys: readonly string[], change: (path: string) => string): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return typeof value === "string" && value !== "" ? change(value) : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return key === "*" ? value.map((each) => changed(each, rest, change)) : value;
  if (key === "*") {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, changed(each, rest, change)]));
  }
  if (!Object.hasOwn(value, key)) return value;
  return { ...value, [key]: changed((value as Record<string, unknown>)[key], rest, change) };
}
