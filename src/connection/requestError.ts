import * as z from "zod";
import { RequestError } from "../base/errors.js";
import { errorKinds, type KnownErrorKind } from "../protocol/errors.generated.js";
import { receivedSchemas } from "../protocol/schemas.generated.js";
import type { WireError } from "./messages.js";

// What does not fit is left out, not refused: an error must reach the caller whatever a newer helper adds to it.
const errorData = z.looseObject({
  kind: z.string().optional().catch(undefined),
  hint: z.string().optional().catch(undefined),
  path: z.string().optional().catch(undefined),
  apple: receivedSchemas.AppleError.optional().catch(undefined),
});

const kindsByCode = new Map<number, KnownErrorKind>(
  Object.entries(errorKinds).map(([kind, { code }]) => [code, kind as KnownErrorKind]),
);

/** Makes a helper's JSON-RPC error into the error that the caller gets. */
export function reviveError(method: string, { code, message, data }: WireError): RequestError {
  const known = errorData.safeParse(data).data;
  const kind = known?.kind ?? kindsByCode.get(code) ?? "internalError";
  return new RequestError({
    method,
    kind,
    code,
    message,
    path: known?.path,
    hint: known?.hint,
    apple: known?.apple,
    data,
  });
}
