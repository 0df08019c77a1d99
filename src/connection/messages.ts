import { ProtocolViolationError } from "../base/errors.js";

/** A JSON-RPC error object as it arrives. */
export interface WireError {
  code: number;
  message: string;
  data?: unknown;
}

export interface ResponseMessage {
  jsonrpc: "2.0";
  id: number;
  result?: unknown;
  error?: WireError;
}

export interface NotificationMessage {
  jsonrpc: "2.0";
  method: string;
  params?: unknown;
}

/**
 * Tells what a message is. A helper only answers and notifies, so everything else means that the two sides do not
 * understand each other: some request would wait for ever, so it throws `ProtocolViolationError`.
 */
export function readMessage(bytes: Buffer, start: number, end: number): ResponseMessage | NotificationMessage {
  const message = parse(bytes, start, end);
  if (isResponse(message) || isNotification(message)) return message;
  throw new ProtocolViolationError(problemOf(message), bytes.subarray(start, end));
}

export function isNotification(message: object): message is NotificationMessage {
  return "method" in message && typeof message.method === "string" && !("id" in message);
}

function isResponse(message: object): message is ResponseMessage {
  if (!("id" in message) || typeof message.id !== "number" || "method" in message) return false;
  if ("error" in message) return isWireError(message.error) && !("result" in message);
  return "result" in message;
}

function isWireError(value: unknown): value is WireError {
  if (typeof value !== "object" || value === null || !("code" in value) || !("message" in value)) return false;
  return Number.isInteger(value.code) && typeof value.message === "string";
}

function parse(bytes: Buffer, start: number, end: number): object {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8", start, end));
  } catch (error) {
    const problem = `a message that is not JSON (${error instanceof Error ? error.message : error})`;
    throw new ProtocolViolationError(problem, bytes.subarray(start, end));
  }
  if (typeof value === "object" && value !== null) return value;
  throw new ProtocolViolationError("a message that is no object", bytes.subarray(start, end));
}

function problemOf(message: object): string {
  if ("id" in message && message.id === null) return "an answer that names no request";
  return "a message that is neither an answer nor a notification";
}
