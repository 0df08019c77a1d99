import type * as z from "zod";

/** Every place that a zod error names, written as the helper writes it: `params.disks[1].path`. */
export function issuePaths(root: string, error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => {
    const keys = issue.code === "unrecognized_keys" ? issue.keys : [undefined];
    return keys.map((key) => root + [...issue.path, ...(key === undefined ? [] : [key])].map(component).join(""));
  });
}

function component(key: PropertyKey): string {
  if (typeof key === "number") return `[${key}]`;
  return /^[A-Za-z0-9_-]+$/.test(String(key)) ? `.${String(key)}` : `["${String(key)}"]`;
}
