import { z } from "zod";
import { marked } from "./marks.js";

const member = z.object({
  name: z.string(),
  kind: z.string(),
  declaration: z.string(),
  introduced: z.string(),
  deprecated: z.string().optional(),
  selector: z.string().optional(),
  rawValue: z.number().optional(),
});

const type = z.object({
  type: z.string(),
  kind: z.enum(["class", "struct", "enum", "protocol", "global"]),
  superclass: z.string().nullish(),
  conformsTo: z.array(z.string()).default([]),
  introduced: z.string(),
  arm64Only: z.boolean(),
  declaration: z.string(),
  rawType: z.string().optional(),
  initUnavailable: z.boolean().default(false),
  members: z.array(member),
});

type Type = z.infer<typeof type>;
type Member = z.infer<typeof member>;
type Dated = Pick<Member, "introduced" | "deprecated">;

/** The list of Apple's API, as `protocol/apple/virtualization-api.json` has it. */
export const inventory = z.array(type);
export type Inventory = z.infer<typeof inventory>;

/** Which part of the list an SDK has. */
export interface Edition {
  architecture: "arm64" | "x86_64";
  /** The last macOS version whose API is in it: 15 stands for all of 15.x. */
  newest: number;
  /** Whether the versions of what is newer than the deployment target say whose symbol it is (`marks.ts`). */
  marked?: boolean;
}

const isIn = (introduced: string, { newest }: Edition) => Number.parseInt(introduced, 10) <= newest;

/** What a class takes on beyond the class above it. The rest is about AppKit's own classes. */
const classProtocols = ["NSCopying", "Sendable"];

/** Designated initializers of classes outside the list. An interface names them again in what derives from these. */
const inheritedInitializers: Record<string, string[]> = {
  NSView: ["override public init(frame frameRect: NSRect)\n"],
};

/** Types of frameworks that have no stub here: what needs them is left out. */
const unknownTypes = ["AAUSBAccessory"];

/**
 * Writes the interface of the framework `Virtualization` as one SDK has it, in the compiler's own form for interfaces
 * (`.swiftinterface`): declarations without bodies.
 */
export function virtualizationInterface(all: Inventory, edition: Edition): string {
  const types = all.filter(
    ({ introduced, arm64Only }) => isIn(introduced, edition) && !(arm64Only && edition.architecture !== "arm64"),
  );
  const writer = new InterfaceWriter(all, types, edition);
  return `${writer.imports()}\n${types.map((each) => writer.type(each)).join("\n")}`;
}

class InterfaceWriter {
  readonly #all: Inventory;
  readonly #present: ReadonlyMap<string, Type>;
  readonly #absent: readonly RegExp[];
  readonly #edition: Edition;

  constructor(all: Inventory, present: Inventory, edition: Edition) {
    this.#all = all;
    this.#edition = edition;
    this.#present = new Map(present.map((each) => [each.type, each]));
    const absent = all.map(({ type: name }) => name).filter((name) => !this.#present.has(name));
    this.#absent = [...absent, ...unknownTypes].map(
      (name) => new RegExp(`\\b${name.replaceAll(".", "\\.")}\\b(?!\\.)`),
    );
  }

  imports(): string {
    const modules = [
      "@_exported import Foundation",
      "import _Concurrency",
      "import AppKit",
      "import Dispatch",
      "import Security",
    ];
    // Frameworks of a later SDK, which have types that this one names.
    if (this.#edition.newest >= 27) modules.push("import DiskImageKit", "import vmnet");
    return `${modules.join("\n")}\n`;
  }

  type(described: Type): string {
    const { type: path, kind, declaration } = described;
    const [owner, name] = path.includes(".") ? path.split(".") : [undefined, path];
    if (kind === "global") return `${this.#available(described, described)}\npublic ${declaration}\n`;
    const lines = [
      this.#available(described, described),
      ...this.#attributes(described),
      this.#heading(described, name ?? path),
    ];
    const body = described.members.filter((each) => this.#has(each)).map((each) => this.#member(described, each));
    const text = `${lines.join("\n")} {\n${[...this.#implied(described), ...body].map(indent).join("")}}\n`;
    return owner ? `${this.#available(described, described)}\nextension ${owner} {\n${indent(text)}}\n` : text;
  }

  #has({ introduced, declaration }: Member): boolean {
    return isIn(introduced, this.#edition) && !this.#absent.some((name) => name.test(declaration));
  }

  #attributes({ kind, declaration, rawType, conformsTo, superclass }: Type): string[] {
    const isolation = declaration.match(/^(@preconcurrency )?@MainActor/)?.[0];
    const cEnumeration = kind === "enum" && rawType !== undefined;
    const objective = kind === "protocol" || cEnumeration || (kind === "class" && !conformsTo.includes("Error"));
    // Of the framework's own objects only the initializers in the list are there; a view has those of views.
    const isObject = superclass === "NSObject" || this.#present.has(superclass ?? "");
    const initializers =
      kind !== "class" ? [] : isObject ? ["@_hasMissingDesignatedInitializers"] : ["@_inheritsConvenienceInitializers"];
    return [...(isolation ? [isolation] : []), ...(objective ? ["@objc"] : []), ...initializers];
  }

  #heading({ kind, superclass, conformsTo, rawType }: Type, name: string): string {
    const own = this.#conformances({ kind, superclass, conformsTo, rawType });
    const parents = [...(superclass ? [superclass] : []), ...(rawType && kind === "enum" ? [rawType] : []), ...own];
    return `${kind === "class" ? "open" : "public"} ${kind} ${name}${parents.length > 0 ? ` : ${parents.join(", ")}` : ""}`;
  }

  #conformances({
    kind,
    superclass,
    conformsTo,
  }: Pick<Type, "kind" | "superclass" | "conformsTo" | "rawType">): string[] {
    // What a raw type brings with it.
    if (kind === "enum") return [];
    if (conformsTo.includes("OptionSet")) return ["OptionSet", "Sendable"];
    if (kind !== "class") return conformsTo.filter((name) => name !== "BitwiseCopyable");
    return classProtocols
      .filter((name) => conformsTo.includes(name) && !this.#ancestorsConform(superclass, name))
      .map((name) => (name === "Sendable" ? "@unchecked Sendable" : name));
  }

  #ancestorsConform(superclass: string | null | undefined, name: string): boolean {
    for (let above = this.#present.get(superclass ?? ""); above; above = this.#present.get(above.superclass ?? "")) {
      if (above.conformsTo.includes(name)) return true;
    }
    return false;
  }

  /** Members that the list leaves out, since they come with a conformance. */
  #implied({ type: path, kind, superclass, conformsTo, rawType }: Type): string[] {
    if (conformsTo.includes("OptionSet")) return [`public let rawValue: ${rawType}\n`];
    if (conformsTo.includes("CustomNSError")) {
      return [
        `public init(_ code: ${path}.Code, userInfo: [String : Any] = [:])\n`,
        `public var code: ${path}.Code { get }\n`,
        "public var userInfo: [String : Any] { get }\n",
      ];
    }
    if (kind === "class" && conformsTo.includes("NSCopying") && !this.#ancestorsConform(superclass, "NSCopying")) {
      return ["@objc open func copy(with zone: NSZone? = nil) -> Any\n"];
    }
    return (superclass && inheritedInitializers[superclass]) || [];
  }

  #member(owner: Type, described: Member): string {
    const { kind, declaration, selector, rawValue } = described;
    const since = this.#since(owner, described);
    if (kind === "case") {
      return [...since, `${declaration}${rawValue === undefined ? "" : ` = ${rawValue}`}`, ""].join("\n");
    }
    if (owner.rawType && owner.kind === "enum") return "";
    const text = declaration.replace("@NSCopying ", "").replace(/\b(\w+) URL: URL/, "$1 location: URL");
    if (owner.kind === "protocol") {
      const objective = text.startsWith("optional ") && selector ? `@objc(${selector}) ` : "@objc ";
      return [...since, `${objective}${text}`, ""].join("\n");
    }
    return [...since, `${this.#access(owner, described, text)}`, ""].join("\n");
  }

  /** The availability of a member that is newer than its type, or, to be marked, of every member. */
  #since(owner: Type, described: Member): string[] {
    // A case with a value cannot be newer than its type, to the compiler.
    const inherits = described.kind === "case" || !this.#edition.marked;
    return inherits && described.introduced === owner.introduced ? [] : [this.#available(described, owner)];
  }

  /** The availability that a symbol of Apple's has. */
  #available({ introduced, deprecated }: Dated, type: Type): string {
    const version = this.#edition.marked ? marked(introduced, this.#all.indexOf(type)) : introduced;
    return `@available(macOS, introduced: ${version}${deprecated ? `, deprecated: ${deprecated}` : ""})`;
  }

  /** Whether the class above shows an initializer without parameters. Apple hides it in most of its base classes. */
  #inheritsInit({ superclass }: Type): boolean {
    const above = this.#present.get(superclass ?? "");
    return above === undefined || above.members.some(({ name }) => name === "init()");
  }

  #access(owner: Type, { kind, name }: Member, text: string): string {
    const isolation = text.match(/^(?:@\w+ )+/)?.[0] ?? "";
    const rest = text.slice(isolation.length);
    if (owner.kind !== "class") return `${isolation}public ${rest}`;
    // The results of Objective-C's methods may be ignored.
    const result = kind === "method" || kind === "typeMethod" ? "@discardableResult " : "";
    if (kind !== "init") return `${isolation}${/-> [^()]*$/.test(rest) ? result : ""}open ${rest}`;
    return `${isolation}${name === "init()" && this.#inheritsInit(owner) ? "override " : ""}public ${rest}`;
  }
}

const indent = (text: string) => text.replace(/^(?=.)/gm, "  ");
