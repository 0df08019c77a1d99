import { readFileSync } from "node:fs";
import { z } from "zod";

const member = z.object({ name: z.string(), kind: z.string(), declaration: z.string() });

const type = z.object({
  type: z.string(),
  kind: z.string(),
  superclass: z.string().nullable().optional(),
  conformsTo: z.array(z.string()).default([]),
  declaration: z.string(),
  members: z.array(member),
});

/** One public type of Apple's framework with its members. */
export type AppleType = z.infer<typeof type>;
export type AppleMember = z.infer<typeof member>;

/** Reads the list of the framework's public API. */
export function readAppleApi(path: string): AppleType[] {
  return z.array(type).parse(JSON.parse(readFileSync(path, "utf8")));
}
