import { findHelper } from "../../src/helper/helperPath.js";

/** The helper that the tests run: VZKIT_HELPER, or the one that `npm run build:helper` made. */
export function helperPath(): string {
  return findHelper();
}
