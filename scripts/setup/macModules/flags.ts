import { join } from "node:path";

/** A Mac's processor, as compilers call it. */
export type MacArchitecture = "arm64" | "x86_64";

export const macArchitectures: readonly MacArchitecture[] = ["arm64", "x86_64"];

/** The system that the helper is built for at the least. Held against Package.swift by `npm run check:mac`. */
export const deploymentTarget = "13.0";

export const macTarget = (architecture: MacArchitecture) => `${architecture}-apple-macosx${deploymentTarget}`;

/** The folders of Darwin's headers, most specific first. */
export function headerFolders(architecture: MacArchitecture): string[] {
  const cpu = architecture === "arm64" ? "aarch64" : architecture;
  return [`${cpu}-macos.13-none`, "clang", "any-macos.13-any", "any-macos-any"];
}

/** What makes clang compile for a Mac with the headers below `folder`, and nothing of this system's. */
export function clangFlags(folder: string, architecture: MacArchitecture): string[] {
  const headers = headerFolders(architecture).flatMap((name) => ["-isystem", join(folder, "headers", name)]);
  return ["-nostdinc", ...headers];
}

/** What makes swift-frontend compile for a Mac with the modules below `folder`. */
export function swiftFlags(folder: string, architecture: MacArchitecture): string[] {
  return [
    ...["-target", macTarget(architecture), "-enable-objc-interop", "-disable-objc-attr-requires-foundation-module"],
    // Regular expressions are a module that is not made here.
    "-disable-implicit-string-processing-module-import",
    "-nostdimport",
    ...["-I", join(folder, architecture), "-I", join(folder, "headers"), "-I", join(folder, "shims")],
    ...clangFlags(folder, architecture).flatMap((flag) => ["-Xcc", flag]),
  ];
}
