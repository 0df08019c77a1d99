import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { enterScript } from "../paths.js";
import type { Progress } from "../progress.js";
import { run } from "../run.js";
import { type MacArchitecture, swiftFlags } from "./flags.js";

/** The macOS that came with each version of the standard library, for the sources' own availability. */
const standardLibrary: Record<string, string> = {
  ...{ "5.0": "10.14.4", "5.1": "10.15", "5.2": "10.15.4", "5.3": "11.0", "5.4": "11.3", "5.5": "12.0", "5.6": "12.3" },
  ...{ "5.7": "13.0", "5.8": "13.3", "5.9": "14.0", "5.10": "14.4", "6.0": "15.0", "6.1": "15.4", "9999": "9999" },
};

const availability = [
  ...Object.entries(standardLibrary).map(([version, system]) => `SwiftStdlib ${version}:macOS ${system}`),
  // What is new in the open Foundation: which macOS has it is not told, so none.
  ...["0.1", "0.2", "0.3", "0.4"].flatMap((version) => [
    `FoundationPreview ${version}:macOS 9999`,
    `FoundationPredicate ${version}:macOS 14`,
    `FoundationPredicateRegex ${version}:macOS 15`,
  ]),
].flatMap((definition) => ["-define-availability", definition]);

const experimental = (...names: string[]) => names.flatMap((name) => ["-enable-experimental-feature", name]);
const define = (...names: string[]) => names.flatMap((name) => ["-D", name]);

interface Module {
  name: string;
  files: string[];
  flags: string[];
}

/** Writes what the sources have as templates, once for all architectures, and the headers that are used later. */
export async function prepareSources(folder: string, progress: Progress): Promise<void> {
  const library = join(folder, "sources/swift/stdlib/public");
  for (const part of ["core", "Platform"]) {
    for (const name of (await readdir(join(library, part))).filter((each) => each.endsWith(".swift.gyb"))) {
      const output = join(library, part, name.replace(/\.gyb$/, ""));
      if (existsSync(output)) continue;
      const gyb = [join(folder, "sources/swift/utils/gyb"), "--line-directive", "", "-DCMAKE_SIZEOF_VOID_P=8"];
      await run(["python3", ...gyb, join(library, part, name), "-o", `${output}.part`], {
        log: "mac-modules",
        progress,
      });
      await rename(`${output}.part`, output);
    }
  }
  const shims = join(folder, "shims");
  if (existsSync(shims)) return;
  await cp(join(library, "SwiftShims"), `${shims}.part`, { recursive: true });
  await rename(`${shims}.part`, shims);
}

/** Makes the modules of one architecture in `folder`/ARCHITECTURE, each complete or not there. */
export async function buildModules(folder: string, architecture: MacArchitecture, progress: Progress): Promise<void> {
  const output = join(folder, architecture);
  await mkdir(output, { recursive: true });
  const work = join(folder, "work", architecture);
  await mkdir(work, { recursive: true });
  for (const module of await modules(folder, work, architecture)) {
    const path = join(output, `${module.name}.swiftmodule`);
    if (existsSync(path)) continue;
    const list = join(work, `${module.name}.list`);
    await writeFile(list, module.files.map((file) => `"${file}"\n`).join(""));
    const compile = [
      "swift-frontend",
      "-emit-module",
      "-module-name",
      module.name,
      ...swiftFlags(folder, architecture),
    ];
    // Only declarations are of use here.
    const style = ["-swift-version", "5", "-parse-as-library", "-suppress-warnings", "-module-cache-path", work];
    const all = [...compile, ...style, ...availability, ...module.flags, "-o", `${path}.part`, `@${list}`];
    await run([enterScript, ...all], { log: "mac-modules", progress });
    await rename(`${path}.part`, path);
  }
  await rm(work, { recursive: true, force: true });
}

async function modules(folder: string, work: string, architecture: MacArchitecture): Promise<Module[]> {
  const sources = join(folder, "sources");
  const library = join(sources, "swift/stdlib/public");
  const concurrency = join(library, "Concurrency");
  const early = ["-disable-implicit-concurrency-module-import"];
  const open = ["-disable-availability-checking", "-experimental-skip-non-inlinable-function-bodies"];
  const collections = (name: string, place = name): Promise<Module> =>
    module(name, join(sources, "swift-collections/Sources", place), [...open, ...define("COLLECTIONS_UNCHECKED")]);
  const shims = join(sources, "swift-foundation/Sources/_FoundationCShims/include/module.modulemap");
  const foundation = ["-package-name", "swift-foundation", "-Xcc", `-fmodule-map-file=${shims}`];
  return [
    { name: "Swift", files: await coreFiles(join(library, "core")), flags: [...early, ...coreFlags] },
    { name: "SwiftOnoneSupport", files: [await file(work, "Empty.swift", "import Swift\n")], flags: [...early, "-O"] },
    {
      name: "_Concurrency",
      files: [...new Set([...(await listed(concurrency)), ...(await swiftFiles(join(concurrency, "Deque")))])],
      flags: [
        ...early,
        "-parse-stdlib",
        ...experimental("BuiltinModule", "Extern", "AsyncSequence"),
        ...define("SWIFT_CONCURRENCY_ENABLE_DISPATCH"),
        ...["-I", join(concurrency, "InternalShims"), "-I", join(sources, "swift/include")],
      ],
    },
    {
      name: "Darwin",
      files: await darwinFiles(join(library, "Platform"), work, architecture),
      flags: [...early, "-import-underlying-module"],
    },
    { name: "os", files: [await file(work, "os.swift", logging)], flags: [] },
    await collections("InternalCollectionsUtilities"),
    await collections("_RopeModule", "RopeModule"),
    await collections("OrderedCollections"),
    await module("FoundationEssentials", join(sources, "swift-foundation/Sources/FoundationEssentials"), [
      ...open,
      ...foundation,
      ...experimental("AccessLevelOnImport", "VariadicGenerics"),
    ]),
  ];
}

const coreFlags = [
  "-parse-stdlib",
  ...["-module-link-name", "swiftCore", "-enable-experimental-concise-pound-file"],
  ...experimental("Macros", "FreestandingMacros", "Extern", "BitwiseCopyable"),
  ...define("SWIFT_ENABLE_REFLECTION", "SWIFT_STDLIB_ENABLE_UNICODE_DATA", "SWIFT_STDLIB_ENABLE_VECTOR_TYPES"),
  ...define("SWIFT_STDLIB_HAS_COMMANDLINE", "SWIFT_STDLIB_HAS_STDIN", "SWIFT_STDLIB_HAS_ENVIRON"),
];

/** As far as FoundationEssentials names it. */
const logging = `@_exported import Darwin
public class OSLog { public init(subsystem: String, category: String) {} }
public struct Logger { public init(subsystem: String, category: String) {} }
`;

async function module(name: string, folder: string, flags: string[]): Promise<Module> {
  return { name, files: await swiftFiles(folder), flags };
}

async function swiftFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith(".swift"))
    .sort()
    .map((name) => join(folder, name));
}

/** The files that a folder's CMakeLists.txt names, in its order, which matters to the standard library. */
async function listed(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, "CMakeLists.txt"), "utf8");
  const names = new Set([...text.matchAll(/[\w+/]+\.swift/g)].map(([name]) => join(folder, name)));
  return [...names].filter((path) => existsSync(path));
}

async function coreFiles(folder: string): Promise<string[]> {
  const generated = ["EitherSequence", "SIMDConcreteOperations", "SIMDVector", "SIMDVectorTypes"];
  const all = new Set([...(await listed(folder)), ...generated.map((name) => join(folder, `${name}.swift`))]);
  return [...all].filter((path) => existsSync(path) && !/^(Embedded|ObjectIdentifier\+Debug)/.test(basename(path)));
}

async function file(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function darwinFiles(folder: string, work: string, architecture: MacArchitecture): Promise<string[]> {
  const read = (name: string) => readFile(join(folder, name), "utf8");
  const plain = ["POSIXError.swift", "MachError.swift", "TiocConstants.swift"].map((name) => join(folder, name));
  // Float80 of x86_64 does not fit the headers here. MacTypes.h has a Duration too.
  const constants = (await read("Darwin.swift")).replaceAll(
    /^.*(LDBL_[A-Z_]* = Float80|Please use .Float80).*\n/gm,
    "",
  );
  const platform = (await read("Platform.swift")).replaceAll(/\bDuration\b/g, "Swift.Duration");
  return [
    ...plain,
    await file(work, "Darwin.swift", constants),
    await file(work, "Platform.swift", platform),
    await file(work, "Gaps.swift", gaps),
    ...(architecture === "arm64" ? [join(folder, "tgmath.swift")] : []),
  ];
}

/** Macros beside enumerators, which Apple's module shows and this one does not, and a header that is not here. */
const gaps = `public let CLOCK_REALTIME = _CLOCK_REALTIME, CLOCK_MONOTONIC = _CLOCK_MONOTONIC
public let CLOCK_UPTIME_RAW = _CLOCK_UPTIME_RAW, CLOCK_THREAD_CPUTIME_ID = _CLOCK_THREAD_CPUTIME_ID

public struct ether_addr_t: Sendable {
  public var octet: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8)
  public init() { octet = (0, 0, 0, 0, 0, 0) }
  public init(octet: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8)) { self.octet = octet }
}
`;
