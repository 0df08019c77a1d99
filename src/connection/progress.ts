import type * as z from "zod";
import type { ProtocolViolationError } from "../base/errors.js";
import { callListener } from "../events/callListener.js";
import { progressSchemas } from "../protocol/schemas.generated.js";
import type { PendingCall } from "./pendingCall.js";
import { checkReceived } from "./validation.js";

interface Entry {
  call: PendingCall;
  onProgress: (progress: never) => void;
}

/** The calls that wait for progress, by the token that the helper sends with it. */
export class ProgressTable {
  readonly #entries = new Map<number, Entry>();
  readonly #tokens = new Map<PendingCall, number>();
  #nextToken = 1;

  /** Enters a call and returns its params with the token in them. */
  add(call: PendingCall, params: unknown, onProgress: (progress: never) => void): object {
    const progressToken = this.#nextToken++;
    this.#entries.set(progressToken, { call, onProgress });
    this.#tokens.set(call, progressToken);
    return { ...(params as object | undefined), progressToken };
  }

  remove(call: PendingCall): void {
    const token = this.#tokens.get(call);
    if (token === undefined) return;
    this.#tokens.delete(call);
    this.#entries.delete(token);
  }

  /** Hands a progress value to its call, and says what is wrong with it, if anything. */
  deliver(params: unknown): ProtocolViolationError | undefined {
    const { token, value } = (params ?? {}) as { token?: unknown; value?: unknown };
    const entry = this.#entries.get(token as number);
    // The helper may report once more before it learns that a call was given up.
    if (entry === undefined) return undefined;
    const schema = (progressSchemas as Record<string, z.ZodType>)[entry.call.method];
    const problem = schema && checkReceived(`progress of ${entry.call.method}`, schema, value);
    if (problem === undefined) callListener(entry.onProgress, value as never);
    return problem;
  }
}
