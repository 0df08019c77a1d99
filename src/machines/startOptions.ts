import type { MachineStartParams, StartWindow } from "../protocol/types.generated.js";
import { directoryShare, macOSGuestAutomountTag, type Share, type SharedFolder, sharedFolders } from "./shares.js";

/** How a machine is started. */
export type StartOptions = Omit<MachineStartParams, "machine" | "shares" | "window"> & {
  /**
   * Folders for a virtual Mac by the names that they have in its /Volumes/My Shared Files, in place of those that it has
   * been given before. Needs the device with {@link macOSGuestAutomountTag}, which `machines.createMac` adds.
   */
  share?: Readonly<Record<string, SharedFolder>> | undefined;
  /** Shares by the tags of their devices, in place of what these have shared before. */
  shares?: Readonly<Record<string, Share>> | undefined;
  /**
   * Opens a window on the machine before it starts: `true`, or how it looks and works. Where there can be none the start
   * fails with `notSupported`, unless `isRequired` is false. None by default.
   */
  window?: boolean | StartWindow | undefined;
};

/** Returns the params of a start, without the machine. */
export function startParams({ share, shares, window, ...rest }: StartOptions): Omit<MachineStartParams, "machine"> {
  const byTag = Object.entries(shares ?? {}).map(([tag, each]) => [tag, directoryShare(each)] as const);
  if (share !== undefined) byTag.push([macOSGuestAutomountTag, sharedFolders(share)]);
  return {
    ...rest,
    shares: byTag.length === 0 ? undefined : Object.fromEntries(byTag),
    window: window === true ? {} : window || undefined,
  };
}
