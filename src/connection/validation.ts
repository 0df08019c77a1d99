import * as z from "zod";
import type { $ZodIssue } from "zod/v4/core";
import { ProtocolViolationError, RequestError } from "../base/errors.js";
import { errorKinds, type KnownErrorKind } from "../protocol/errors.generated.js";
import { type MethodWithParams, paramsSchemas, resultSchemas } from "../protocol/schemas.generated.js";
import type { Method } from "./requests.js";

const noParams = z.strictObject({}).optional();

/** Says what is wrong with the params of a call, if anything, before they are sent. */
export function checkParams(method: string, params: unknown): RequestError | undefined {
  const schema = isMethod(method) ? (hasParams(method) ? paramsSchemas[method] : noParams) : undefined;
  if (schema === undefined) return refusal(method, "methodNotFound", `There is no method ${method}`);
  const outcome = schema.safeParse(params);
  if (outcome.success) return undefined;
  const { message, path } = describe(outcome.error, "params");
  return refusal(method, "invalidParams", `Invalid params of ${method}: ${message}`, path);
}

/** Says what is wrong with a helper's answer, if anything. */
export function checkResult(method: string, result: unknown): ProtocolViolationError | undefined {
  return isMethod(method) ? checkReceived(`an answer to ${method}`, resultSchemas[method], result) : undefined;
}

/** Says what is wrong with something a helper sent, if anything. */
export function checkReceived(what: string, schema: z.ZodType, value: unknown): ProtocolViolationError | undefined {
  const outcome = schema.safeParse(value);
  if (outcome.success) return undefined;
  const { message } = describe(outcome.error);
  return new ProtocolViolationError(`${what} with ${message}`, Buffer.from(JSON.stringify(value)));
}

/** The first problem that zod found, in a sentence, and where it is; paths begin with `root`. */
export function describe(error: z.ZodError, root = ""): { message: string; path: string } {
  const issue = error.issues[0] as $ZodIssue;
  const [key] = issue.code === "unrecognized_keys" ? issue.keys : [];
  const path = formatPath(root, key === undefined ? issue.path : [...issue.path, key]);
  if (key !== undefined) return { message: `unknown key \`${path}\``, path };
  return { message: path === "" ? issue.message : `\`${path}\`: ${issue.message}`, path };
}

function formatPath(root: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, root);
}

function refusal(method: string, kind: KnownErrorKind, message: string, path?: string): RequestError {
  return new RequestError({ method, kind, code: errorKinds[kind].code, message, path });
}

function isMethod(method: string): method is Method {
  return Object.hasOwn(resultSchemas, method);
}

function hasParams(method: Method): method is MethodWithParams {
  return Object.hasOwn(paramsSchemas, method);
}
