import { join } from "node:path";
import { SetupError } from "../setup/errors.js";
import { projectRoot } from "../setup/paths.js";
import { capture, run } from "../setup/run.js";

const entitlements = join(projectRoot, "helper/vzkit-helper.entitlements");
const ENTITLEMENT = "com.apple.security.virtualization";

/**
 * Signs the helper ad hoc, with the entitlement without which macOS refuses every virtual machine, and checks that
 * both took.
 */
export async function signHelper(path: string): Promise<void> {
  const options = ["--sign", "-", "--entitlements", entitlements, "--force", "--options", "runtime"];
  await run(["codesign", ...options, path], { log: "helper" });
  await run(["codesign", "--verify", "--strict", path], { log: "helper" });
  const shown = await capture(["codesign", "--display", "--entitlements", "-", "--xml", path]);
  if (!shown?.includes(ENTITLEMENT)) {
    throw new SetupError(`${path} was signed, but does not carry the entitlement ${ENTITLEMENT}. See ${entitlements}.`);
  }
}
