import { emitDocs } from "./emitDocs.js";
import { emitMethods } from "./emitMethods.js";
import { emitModel } from "./emitModel.js";
import { emitOpenRPC } from "./emitOpenRPC.js";
import { emitPaths } from "./emitPaths.js";
import { emitSchemas } from "./emitSchemas.js";
import { emitSwift } from "./emitSwift.js";
import { emitAvailability, emitErrors, emitVersion } from "./emitTables.js";
import { emitTypes } from "./emitTypes.js";
import type { Model } from "./model.js";

/** Returns every generated file: path from the package's root, and text. `version` is the package's own. */
export function outputs(model: Model, version: string): Map<string, string> {
  return new Map([
    ["src/protocol/types.generated.ts", emitTypes(model)],
    ["src/protocol/methods.generated.ts", emitMethods(model)],
    ["src/protocol/schemas.generated.ts", emitSchemas(model)],
    ["src/protocol/paths.generated.ts", emitPaths(model)],
    ["src/protocol/availability.generated.ts", emitAvailability(model)],
    ["src/protocol/errors.generated.ts", emitErrors(model)],
    ["src/protocol/version.generated.ts", emitVersion(model, version)],
    ["protocol/generated/protocol.json", emitModel(model)],
    ["protocol/generated/openrpc.json", emitOpenRPC(model)],
    ["docs/protocol.md", emitDocs(model)],
    ...emitSwift(model, version),
  ]);
}
