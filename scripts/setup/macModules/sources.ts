import { existsSync } from "node:fs";
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SetupError } from "../errors.js";
import { type AptHome, updateLists } from "../guestPackages.js";
import type { Progress } from "../progress.js";
import { capture, run } from "../run.js";

/** What is needed of the sources: 60 MB of 1.5 GB. */
const wanted = [
  ...["swift/stdlib/public", "swift/utils/gyb*", "swift/utils/*.py", "swift/include"],
  ...["swift-collections/Sources", "swift-foundation/Sources"],
];

const essentials = "swift-foundation/Sources/FoundationEssentials";

/**
 * Files of FoundationEssentials that need what is not here: regular expressions, `sysdir.h`, and a macro that only a
 * compiler's plug-in expands.
 */
const unused = [
  "FileManager/SearchPaths/FileManager+DarwinSearchPaths.swift",
  "Predicate/Expressions/Regex.swift",
  "Predicate/Predicate+Description.swift",
  "String/RegexPatternCache.swift",
];

/** Downloads the compiler's own sources, as the distribution has them, into `folder`/sources. */
export async function fetchSources(home: AptHome, folder: string, progress: Progress): Promise<void> {
  const target = join(folder, "sources");
  if (existsSync(target)) return;
  const archive = await downloadArchive(home, folder, progress);
  const work = join(folder, "sources.part");
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const patterns = wanted.map((name) => `*/${name}`);
  const unpack = ["tar", "xf", archive, "-C", work, "--strip-components=1", "--no-same-owner", "--wildcards"];
  await run([...unpack, ...patterns], { log: "mac-modules", progress });
  await adapt(work);
  await rename(work, target);
  await rm(join(folder, "download"), { recursive: true, force: true });
}

/** @returns the path of the package's archive, whose checksum apt has compared */
async function downloadArchive(home: AptHome, folder: string, progress: Progress): Promise<string> {
  const download = join(folder, "download");
  await mkdir(join(download, "lists/partial"), { recursive: true });
  const repository = await mainRepository(home, progress);
  await writeFile(join(download, "sources.list"), `deb-src ${repository}\n`);
  const apt = [
    ...[...home.command, "apt-get", "-o", `Dir::State::Lists=${join(download, "lists")}`],
    ...["-o", `Dir::Etc::SourceList=${join(download, "sources.list")}`, "-o", "Dir::Etc::SourceParts=/dev/null"],
    // Without the sandbox option apt wants to become its own user, who may not write here.
    ...["-o", "APT::Sandbox::User=root"],
  ];
  await run([...apt, "update"], { log: "mac-modules", progress });
  const find = async () => (await readdir(download)).find((name) => /^swiftlang_.*\.orig\.tar\./.test(name));
  let failure: unknown;
  try {
    await run([...apt, "--download-only", "source", "swiftlang"], { log: "mac-modules", cwd: download, progress });
  } catch (error) {
    // The distribution's changes to the sources are not needed, and mirrors may lack them.
    failure = error;
  }
  const archive = await find();
  if (!archive) throw failure ?? new SetupError("apt brought no sources of the package swiftlang.");
  return join(download, archive);
}

/** Where apt gets `swiftlang` from: "URI SUITE COMPONENT". */
async function mainRepository(home: AptHome, progress: Progress): Promise<string> {
  const ask = () =>
    capture([
      ...home.command,
      "apt-get",
      "indextargets",
      "--format",
      "$(CREATED_BY) $(REPO_URI) $(RELEASE) $(COMPONENT)",
    ]);
  if (!(await ask())?.includes("Packages ")) await updateLists(home, progress);
  const line = (await ask())?.split("\n").find((each) => /^Packages \S+ [\w/]+ main$/.test(each));
  if (!line) throw new SetupError("apt names no repository with the component main.");
  return line.replace("Packages ", "");
}

async function adapt(work: string): Promise<void> {
  const own = join(work, essentials);
  for (const name of unused) await rm(join(own, name));
  await edit(join(own, "Formatting/Date+ISO8601FormatStyle.swift"), (text) =>
    text.slice(0, text.indexOf("// MARK: - Regex")),
  );
  // Apple's Foundation has this one with a pointer to an Objective-C boolean; the stub declares it.
  await edit(join(own, "FileManager/SwiftFileManager.swift"), (text) =>
    text.replace("open func fileExists(atPath path: String, isDirectory: inout", (found) =>
      found.replace("open", "internal"),
    ),
  );
  // A type of a header that is not among Darwin's here, used inside of functions only.
  await appendFile(join(own, "Platform.swift"), "\ntypealias removefile_state_t = OpaquePointer\n");
}

async function edit(path: string, change: (text: string) => string): Promise<void> {
  const text = await readFile(path, "utf8");
  const changed = change(text);
  if (changed === text) throw new Error(`${path} is not as expected`);
  await writeFile(path, changed);
}
