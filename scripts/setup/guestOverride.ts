import { createHash } from "node:crypto";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { SetupError } from "./errors.js";
import { cachePath } from "./paths.js";
import { formatBytes } from "./progress.js";
import type { Step } from "./step.js";

const isURL = (place: string) => /^https?:\/\//.test(place);

/** Where a file named by a path or a URL is, or will be, on this machine. */
export function localPath(place: string): string {
  if (!isURL(place)) return place;
  const name = basename(new URL(place).pathname) || "file";
  return cachePath("downloads", `${createHash("sha256").update(place).digest("hex").slice(0, 12)}-${name}`);
}

async function download(url: string, to: string, report: (text: string) => void): Promise<void> {
  const response = await fetch(url);
  if (!response.ok || !response.body)
    throw new SetupError(`${url} answered ${response.status} ${response.statusText}.`);
  const partial = `${to}.partial-${process.pid}`;
  await mkdir(cachePath("downloads"), { recursive: true });
  let received = 0;
  const counted = Readable.fromWeb(response.body).on("data", (chunk: Buffer) => {
    received += chunk.length;
    report(`${formatBytes(received)} of ${formatBytes(Number(response.headers.get("content-length") ?? 0))}`);
  });
  try {
    await pipeline(counted, createWriteStream(partial));
    await rename(partial, to);
  } finally {
    await rm(partial, { force: true });
  }
}

/** A guest of the user's own: VZKIT_GUEST_KERNEL and VZKIT_GUEST_INITRD, each a path or a URL. */
export function guestOverride(): { kernel: string; initrd: string } | undefined {
  const { VZKIT_GUEST_KERNEL: kernel, VZKIT_GUEST_INITRD: initrd } = process.env;
  if (!kernel && !initrd) return undefined;
  if (kernel && initrd) return { kernel, initrd };
  throw new SetupError("VZKIT_GUEST_KERNEL and VZKIT_GUEST_INITRD belong together; only one of them is set.");
}

/** Gets the user's own guest. */
export function guestOverrideStep(override: { kernel: string; initrd: string }): Step {
  const places = [override.kernel, override.initrd];
  return {
    title: "Getting the guest that VZKIT_GUEST_KERNEL and VZKIT_GUEST_INITRD name",
    isDone: () => places.every((place) => existsSync(localPath(place))),
    run: async (progress) => {
      for (const place of places) {
        if (existsSync(localPath(place))) continue;
        if (!isURL(place))
          throw new SetupError(`There is no file ${join(place)}, which the environment names as guest.`);
        await download(place, localPath(place), (text) => progress.detail(`${place}: ${text}`));
      }
    },
  };
}
