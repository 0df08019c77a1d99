import type { Position } from "./problems.js";

/** A written type: a name, a list of something or a map from string to something. */
export type TypeRef =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "list"; readonly of: TypeRef }
  | { readonly kind: "map"; readonly of: TypeRef };

/** From which macOS and on which processor a thing exists, and whether the Linux module has it. */
export interface Since {
  readonly macOS?: string;
  readonly arch?: "arm64" | "x86_64";
  /** A sentence says why not, or what differs. */
  readonly linux?: boolean | string;
}

/** What every node of the spec may carry. */
export interface Described {
  readonly name: string;
  readonly doc: string;
  readonly since?: Since;
  /** Names of the framework symbols this stands for. */
  readonly wraps: readonly string[];
  readonly at: Position;
}

export interface Field extends Described {
  readonly type: TypeRef;
  readonly optional: boolean;
  /** The documented value of an absent key. */
  readonly default?: string;
}

export interface StructType extends Described {
  readonly kind: "struct";
  readonly fields: readonly Field[];
  /** Structs whose fields are fields of this one too. */
  readonly include: readonly NamedType[];
}

export interface Variant extends Described {
  /** Name of the struct that carries the variant's fields. */
  readonly type: string;
}

export interface UnionType extends Described {
  readonly kind: "union";
  readonly tag: string;
  readonly variants: readonly Variant[];
}

export interface EnumType extends Described {
  readonly kind: "enum";
  readonly open: boolean;
  readonly values: readonly Described[];
}

export interface AliasType extends Described {
  readonly kind: "alias";
  readonly type: TypeRef;
}

export type TypeDef = StructType | UnionType | EnumType | AliasType;

export interface Method extends Described {
  /** The last part of the name: `start` of `machine.start`. */
  readonly key: string;
  readonly params: readonly Field[];
  /** Structs whose fields are params too. */
  readonly include: readonly NamedType[];
  readonly result: readonly Field[];
  readonly errors: readonly string[];
  /** Type of the values reported while the request runs. */
  readonly progress?: string;
  /** Seconds a client waits unless told otherwise; null is for ever. */
  readonly timeoutSeconds: number | null;
  /** Whether clients call it often and it is answered at once, so that the cost of a call counts. */
  readonly isFrequent: boolean;
  readonly paramsType: string;
  readonly resultType: string;
}

export interface Event extends Described {
  readonly key: string;
  readonly params: readonly Field[];
  readonly typeName: string;
}

export interface ErrorKind extends Described {
  readonly code: number;
  readonly hint: string;
}

export interface Domain {
  readonly name: string;
  readonly doc: string;
  readonly types: readonly TypeDef[];
  readonly methods: readonly Method[];
  readonly events: readonly Event[];
  readonly at: Position;
}

/** The whole protocol as written, before or after it was checked. */
export interface Spec {
  readonly protocolVersion: string;
  readonly domains: readonly Domain[];
  readonly errors: readonly ErrorKind[];
  /** Type of the `data` in every error object. */
  readonly errorData: NamedType;
}

/** A type referred to by its name, and where. */
export interface NamedType {
  readonly name: string;
  readonly at: Position;
}

/** The checked protocol, with what every emitter asks for. */
export interface Model extends Spec {
  readonly hash: string;
  readonly types: ReadonlyMap<string, TypeDef>;
  /** Types that a client sends: unknown keys are refused in them. */
  readonly sent: ReadonlySet<string>;
  /** Types that a client receives: a newer helper may add keys. */
  readonly received: ReadonlySet<string>;
  /** Types that contain themselves. */
  readonly recursive: ReadonlySet<string>;
}

/** The domain that holds the protocol's version and its errors. */
export const coreDomain = "core";

export function pascal(text: string): string {
  return text.replace(/(^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
}

export const allMethods = (spec: Spec): Method[] => spec.domains.flatMap((domain) => [...domain.methods]);
export const allEvents = (spec: Spec): Event[] => spec.domains.flatMap((domain) => [...domain.events]);
