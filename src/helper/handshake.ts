import { HelperVersionError, RequestError } from "../base/errors.js";
import type { Connection } from "../connection/connection.js";
import type { CallOptions } from "../connection/requests.js";
import type { InitializeResult } from "../protocol/types.generated.js";
import { PROTOCOL_VERSION, VERSION } from "../protocol/version.generated.js";

export interface HandshakeOptions extends CallOptions {
  shutdownGrace?: number | undefined;
  /** Which helper it is, for messages: a path. */
  helper: string;
  /** Whether the helper must have this package's own version. */
  isOwn: boolean;
}

/** Agrees on the protocol version. Rejects with `HelperVersionError` when client and helper do not fit. */
export async function handshake(connection: Connection, options: HandshakeOptions): Promise<InitializeResult> {
  const { shutdownGrace, helper, isOwn, ...callOptions } = options;
  const params = {
    client: { name: "vzkit", version: VERSION },
    protocolVersions: [PROTOCOL_VERSION],
    ...(shutdownGrace !== undefined && { shutdownGrace }),
  };
  const info = await connection.request("initialize", params, callOptions).catch((error: unknown) => {
    if (error instanceof RequestError && error.kind === "unsupportedProtocolVersion") {
      throw mismatch(`The helper ${helper} does not speak protocol ${PROTOCOL_VERSION}: ${error.message}`);
    }
    throw error;
  });
  if (info.protocolVersion !== PROTOCOL_VERSION) {
    throw mismatch(`The helper ${helper} speaks protocol ${info.protocolVersion}, this client ${PROTOCOL_VERSION}`);
  }
  if (isOwn && info.helper.version !== VERSION && process.env.VZKIT_ANY_HELPER_VERSION !== "1") {
    throw mismatch(`The helper ${helper} has version ${info.helper.version}, this client ${VERSION}`);
  }
  return info;
}

function mismatch(message: string): HelperVersionError {
  return new HelperVersionError(message, {
    hint:
      "Both come with one version of vzkit: reinstall the package, or build the helper again in a clone. " +
      "VZKIT_ANY_HELPER_VERSION=1 allows a helper of another version with the same protocol.",
  });
}
