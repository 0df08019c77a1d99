// node scripts/bootstrap.mjs publishPackages FOLDER TAG [--dry-run]: publishes the packages of a release with provenance,
// those that are not in the registry yet. The release workflow calls it; a release that broke off is completed by calling
// it again. A dry run lets npm show what it would publish, and fails when the packages make no release.
import { parseArgs } from "node:util";
import { execa } from "execa";
import { main } from "./main.js";
import { releaseOf, type Tarball } from "./release/tarballs.js";
import { SetupError } from "./setup/errors.js";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { "dry-run": { type: "boolean" } } });

async function isPublished({ name, version }: Tarball): Promise<boolean> {
  const { stdout, exitCode } = await execa("npm", ["view", `${name}@${version}`, "version"], { reject: false });
  return exitCode === 0 && stdout.trim() === version;
}

/** The variable by which npm takes the token for the registry that it uses. */
async function authorization(): Promise<Record<string, string>> {
  const { stdout } = await execa("npm", ["config", "get", "registry"]);
  const token = process.env.NODE_AUTH_TOKEN;
  return token ? { [`npm_config_${stdout.trim().replace(/^https?:/, "")}:_authToken`]: token } : {};
}

async function publish({ path }: Tarball): Promise<void> {
  const options = values["dry-run"] ? ["--dry-run"] : ["--provenance"];
  const command = ["publish", path, "--access", "public", ...options];
  await execa("npm", command, { stdio: ["ignore", 1, 2], env: await authorization() });
}

await main(async () => {
  const [folder, tag] = positionals;
  if (folder === undefined || tag === undefined) throw new SetupError("Give the folder of the packages and the tag.");
  const { packages, problem } = await releaseOf(folder, tag);
  if (!values["dry-run"]) {
    if (problem !== undefined) throw new SetupError(problem);
    if (!process.env.NODE_AUTH_TOKEN) {
      throw new SetupError("NODE_AUTH_TOKEN is not set: the secret NPM_TOKEN holds the token that may publish.");
    }
  }
  for (const tarball of packages.filter(({ isPrivate }) => !isPrivate)) {
    const { name, version } = tarball;
    if (await isPublished(tarball)) process.stdout.write(`${name} ${version} is published already.\n`);
    else await publish(tarball);
  }
  // A dry run tries those that are there first: all that is wrong is told at once.
  if (problem !== undefined) throw new SetupError(problem);
});
