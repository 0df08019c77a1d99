import { existsSync, readFileSync } from "node:fs";

/** The facts of /etc/os-release that set-up decides by. */
export interface Release {
  id: string;
  like: string[];
  codename: string;
  name: string;
  /** Debian's major version; undefined for testing and for other distributions. */
  debianVersion: number | undefined;
}

export function parseRelease(text: string): Release {
  const fields = new Map(
    [...text.matchAll(/^([A-Z_]+)=("?)(.*)\2$/gm)].map(([, key = "", , value = ""]) => [key, value] as const),
  );
  const id = fields.get("ID") ?? "linux";
  const version = Number.parseInt(fields.get("VERSION_ID") ?? "", 10);
  return {
    id,
    like: (fields.get("ID_LIKE") ?? "").split(" ").filter(Boolean),
    codename: fields.get("VERSION_CODENAME") ?? "",
    name: fields.get("PRETTY_NAME") ?? id,
    debianVersion: id === "debian" && Number.isFinite(version) ? version : undefined,
  };
}

export function readRelease(): Release {
  return parseRelease(existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "");
}

/** Whether packages come by apt at all. */
export function usesApt(release: Release): boolean {
  return [release.id, ...release.like].some((id) => id === "debian" || id === "ubuntu");
}

/** Debian 13 and later carry everything (Swift 6, a recent kernel, virtiofsd) themselves. */
export function carriesEverything(release: Release): boolean {
  return release.id === "debian" && (release.debianVersion === undefined || release.debianVersion >= 13);
}

/** The architecture's name in package names. */
export function debianArchitecture(): string {
  return process.arch === "x64" ? "amd64" : process.arch;
}
