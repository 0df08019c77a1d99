import { execa } from "execa";

const ATTRIBUTE = "com.apple.quarantine";

/**
 * Tells whether macOS keeps a program in quarantine, as it does with what a browser or an application has downloaded: it
 * may refuse to run it, or kill it. False on other systems.
 */
export async function isQuarantined(path: string): Promise<boolean> {
  if (process.platform !== "darwin") return false;
  const { failed } = await execa("/usr/bin/xattr", ["-p", ATTRIBUTE, path], {
    reject: false,
    stdin: "ignore",
    cwd: "/",
  });
  return !failed;
}

/** Returns the command that takes a program out of quarantine. */
export function quarantineRemedy(path: string): string {
  return `If you trust where it comes from: xattr -d ${ATTRIBUTE} '${path.replaceAll("'", "'\\''")}'`;
}
