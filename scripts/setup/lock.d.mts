/**
 * Runs `work` while holding the lock file `path`. While another process holds it, waits, and tells `onWait` once
 * per owner whom it waits for. A lock whose owner died is taken over.
 * @param what what this process is doing with it, as others will read it: "Installing QEMU"
 */
export function withLock<Result>(
  path: string,
  what: string,
  onWait: (message: string) => void,
  work: () => Promise<Result>,
): Promise<Result>;
