import { guestOverride, localPath } from "../setup/guestOverride.js";
import { cachePath } from "../setup/paths.js";

/** Where set-up puts the kernel and the initial RAM disk of the test guest, or of the one the environment names. */
export function guestFiles(): { kernel: string; initrd: string } {
  const override = guestOverride();
  if (override) return { kernel: localPath(override.kernel), initrd: localPath(override.initrd) };
  return { kernel: cachePath("guest", "vmlinuz"), initrd: cachePath("guest", "initramfs.cpio") };
}
