import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { helperPackage, platforms, readManifest } from "../pack/manifest.js";

/** A packed package, as its own manifest describes it. */
export interface Tarball {
  path: string;
  name: string;
  version: string;
  isPrivate: boolean;
}

async function describe(path: string): Promise<Tarball> {
  const { stdout } = await execa("tar", ["-xzOf", path, "package/package.json"]);
  const {
    name,
    version,
    private: isPrivate = false,
  } = JSON.parse(stdout) as Omit<Tarball, "path"> & { private?: boolean };
  return { path, name, version, isPrivate };
}

/** Reads the tarballs of a folder. */
export async function readTarballs(folder: string): Promise<Tarball[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".tgz")).sort();
  return Promise.all(names.map((name) => describe(join(folder, name))));
}

/** The packages of a folder, held against what a release has. */
export interface Release {
  /** In the order in which they are published: the client last, so that what it depends on is there when it is installed. */
  packages: Tarball[];
  /** Everything that is missing or does not fit, for people; undefined when nothing does not. */
  problem: string | undefined;
}

/**
 * Reads the packages of a folder as those of a release.
 *
 * @param tag the tag of the release, such as `v0.1.0`
 */
export async function releaseOf(folder: string, tag: string): Promise<Release> {
  const tarballs = await readTarballs(folder);
  const { version } = await readManifest();
  const problems = tag === `v${version}` ? [] : [`The tag ${tag} does not name version ${version} of package.json.`];
  const release = [...platforms.map(helperPackage), "vzkit"].flatMap((name) => {
    const [found, ...more] = tarballs.filter((tarball) => tarball.name === name);
    if (found === undefined) problems.push(`${name} is missing.`);
    if (more.length > 0) problems.push(`${name} is there ${more.length + 1} times.`);
    return found ?? [];
  });
  for (const { name, version: packed, isPrivate } of release) {
    if (packed !== version) problems.push(`${name} has version ${packed}, not ${version}.`);
    if (isPrivate) problems.push(`${name} was linked for the machine that built it, and runs on no other.`);
  }
  const problem = problems.length > 0 ? [`${folder} is no release:`, ...problems].join("\n  ") : undefined;
  return { packages: release, problem };
}
