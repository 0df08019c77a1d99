import type { Requests } from "../protocol/methods.generated.js";

/** The name of a method. */
export type Method = keyof Requests;

/** What a method answers. */
export type Result<Name extends Method> = Requests[Name]["result"];

/** What every call takes. */
export interface CallOptions {
  /**
   * Asks the helper to cancel. The call rejects with `AbortError` as soon as the helper confirms it, so that nothing is
   * left half done, or after five seconds without an answer. What can no longer be cancelled goes on and resolves.
   */
  signal?: AbortSignal | undefined;
  /**
   * Seconds to wait for the answer, null for ever; each method has a default. Afterwards the call rejects with
   * `TimeoutError` and the helper is asked to cancel.
   */
  timeout?: number | null | undefined;
}

/** What a call of a method takes; `onProgress` is there for methods that report progress. */
export type RequestOptions<Name extends Method> = CallOptions &
  ([Requests[Name]["progress"]] extends [never]
    ? { onProgress?: never }
    : { onProgress?: ((progress: Requests[Name]["progress"]) => void) | undefined });

/** Params and options of a method; params can be left out when none is required. */
export type RequestArguments<Name extends Method> = Requests[Name]["params"] extends undefined
  ? [params?: Record<string, never> | undefined, options?: RequestOptions<Name>]
  : Record<string, never> extends Requests[Name]["params"]
    ? [params?: Requests[Name]["params"], options?: RequestOptions<Name>]
    : [params: Requests[Name]["params"], options?: RequestOptions<Name>];
