import type { Events } from "../protocol/methods.generated.js";

/** What a helper tells of: the events of the protocol, and its own end. */
export interface HelperEvents extends Events {
  /** The connection is closed. `error` says why, unless this program closed it. */
  closed: { error: Error | undefined };
}
