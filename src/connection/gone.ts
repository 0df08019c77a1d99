import { ConnectionClosedError, HelperExitError, RequestError } from "../base/errors.js";

/** Tells whether a request failed because its machine is gone, alone or with its helper. */
export function isGone(error: unknown): boolean {
  if (error instanceof RequestError) return error.kind === "machineNotFound" || error.kind === "shuttingDown";
  return error instanceof HelperExitError || error instanceof ConnectionClosedError;
}
