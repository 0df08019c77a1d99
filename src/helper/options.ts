import type * as z from "zod";
import { RequestError } from "../base/errors.js";
import { describe } from "../connection/validation.js";
import { errorKinds } from "../protocol/errors.generated.js";

/** Refuses options that do not exist or have the wrong type, in the words of a refused request. */
export function checkOptions(call: string, schema: z.ZodType, options: unknown): void {
  const outcome = schema.safeParse(options);
  if (outcome.success) return;
  const { message, path } = describe(outcome.error);
  const { code } = errorKinds.invalidParams;
  throw new RequestError({
    method: call,
    kind: "invalidParams",
    code,
    message: `Invalid options of ${call}(): ${message}`,
    path,
  });
}
