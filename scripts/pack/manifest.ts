import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../setup/paths.js";

/** The platforms for which a helper is published, by their names in npm. */
export const platforms = ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64"] as const;

/** What of the clone's package.json goes into the published one as it is. */
const taken = [
  ...["name", "version", "description", "keywords", "license", "type", "engines", "exports"],
  ...["dependencies", "sideEffects"],
];

export type Manifest = Record<string, unknown> & { version: string; license: string };

export async function readManifest(): Promise<Manifest> {
  return JSON.parse(await readFile(join(projectRoot, "package.json"), "utf8")) as Manifest;
}

export const helperPackage = (platform: string): string => `@vzkit/helper-${platform}`;

/**
 * Where the package comes from. Only the workflow that publishes it knows, and npm holds a package's provenance against
 * it.
 */
function repository(): Record<string, unknown> {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;
  return server && name ? { repository: { type: "git", url: `git+${server}/${name}.git` } } : {};
}

/**
 * Makes the manifest of the published client. It names the helpers of all platforms as optional dependencies, of which
 * npm installs the one that fits. The clone's own manifest does not: `npm ci` refuses a lock file that lacks them, and a
 * lock file cannot name packages that are not in the registry before the release that it belongs to.
 */
export function clientManifest(own: Manifest): Record<string, unknown> {
  return {
    ...Object.fromEntries(taken.filter((key) => key in own).map((key) => [key, own[key]])),
    ...repository(),
    bin: { vzkit: "dist/cli/vzkit.js" },
    optionalDependencies: Object.fromEntries(platforms.map((platform) => [helperPackage(platform), own.version])),
    // `vzkit setup` runs scripts and reads sources, which it could not inside an archive.
    preferUnplugged: true,
  };
}

/** Makes the manifest of the package with this platform's helper. `isForThisMachine`: it runs on no other. */
export function helperManifest({ version, license }: Manifest, isForThisMachine: boolean): Record<string, unknown> {
  const platform = `${process.platform}-${process.arch}`;
  return {
    name: helperPackage(platform),
    version,
    description: `The helper program of vzkit for ${platform}`,
    license,
    ...repository(),
    // npm passes over what does not fit the machine.
    os: [process.platform],
    cpu: [process.arch],
    ...(process.platform === "linux" && { libc: ["glibc"] }),
    // A program inside an archive cannot be run, and its signature would not be found.
    preferUnplugged: true,
    ...(isForThisMachine && { private: true }),
  };
}
