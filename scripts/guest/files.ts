import { ensureSetup } from "../setup/ensure.js";
import { SetupError } from "../setup/errors.js";
import { guestOverride, localPath } from "../setup/guestOverride.js";
import { cachePath } from "../setup/paths.js";

/** The test guest's files, made when missing. Throws a `SetupError` on a Mac without a guest of its own. */
export async function guestFiles(): Promise<{ kernel: string; initrd: string }> {
  await ensureSetup();
  const override = guestOverride();
  if (override) return { kernel: localPath(override.kernel), initrd: localPath(override.initrd) };
  if (process.platform === "darwin") {
    throw new SetupError(
      "No guest is known. Name an arm64 Linux kernel (an uncompressed Image) and an initial RAM disk, by path or URL, with " +
        "VZKIT_GUEST_KERNEL and VZKIT_GUEST_INITRD. The ones set-up makes on an arm64 Debian (~/.cache/vzkit/guest) fit.",
    );
  }
  return { kernel: cachePath("guest/vmlinuz"), initrd: cachePath("guest/initramfs.cpio") };
}
