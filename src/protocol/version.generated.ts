// generated from protocol/spec by scripts/generate.ts, do not edit

/** The version of this package. A helper that is launched must have the same one. */
export const VERSION = "0.1.0";

/** The protocol version that this client speaks. */
export const PROTOCOL_VERSION = "1.0";

/** Names the exact shape of the protocol; equal on both sides when they were built from the same definition. */
export const PROTOCOL_HASH = "a4045ae7808def28";
