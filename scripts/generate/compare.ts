/** What comparing needs of a protocol.json. */
export interface ProtocolDocument {
  readonly protocolVersion: string;
  readonly domains: readonly {
    readonly types: readonly TypeDocument[];
    readonly methods: readonly {
      readonly name: string;
      readonly params: readonly FieldDocument[];
      readonly result: readonly FieldDocument[];
    }[];
    readonly events: readonly { readonly name: string; readonly params: readonly FieldDocument[] }[];
  }[];
  readonly errors: readonly { readonly name: string; readonly code: number }[];
}

export interface FieldDocument {
  readonly name: string;
  readonly type: unknown;
  readonly optional: boolean;
}

export interface TypeDocument {
  readonly name: string;
  readonly kind: string;
  readonly sent: boolean;
  readonly received: boolean;
  readonly fields?: readonly FieldDocument[];
  readonly tag?: string;
  readonly variants?: readonly { readonly name: string; readonly type: string }[];
  readonly open?: boolean;
  readonly values?: readonly { readonly name: string }[];
  readonly type?: unknown;
}

/** Sentences about every change that a client of the old protocol would trip over. */
export function breakingChanges(old: ProtocolDocument, now: ProtocolDocument): string[] {
  const methods = (document: ProtocolDocument) => document.domains.flatMap((domain) => domain.methods);
  const events = (document: ProtocolDocument) => document.domains.flatMap((domain) => domain.events);
  const types = (document: ProtocolDocument) => document.domains.flatMap((domain) => domain.types);
  return [
    ...pairs("method", methods(old), methods(now), (was, is) => [
      ...sentFields(`param of ${was.name}`, was.params, is.params),
      ...receivedFields(`result of ${was.name}`, was.result, is.result),
    ]),
    ...pairs("event", events(old), events(now), (was, is) =>
      receivedFields(`param of ${was.name}`, was.params, is.params),
    ),
    ...pairs("type", types(old), types(now), compareType),
    ...pairs("error", old.errors, now.errors, (was, is) =>
      was.code === is.code ? [] : [`error ${was.name} changed its code from ${was.code} to ${is.code}`],
    ),
  ];
}

type Named = { readonly name: string };

/** Compares what both have, and reports what is gone. */
function pairs<T extends Named>(
  what: string,
  old: readonly T[],
  now: readonly T[],
  compare: (was: T, is: T) => string[],
): string[] {
  const found = new Map(now.map((item) => [item.name, item]));
  return old.flatMap((was) => {
    const is = found.get(was.name);
    return is === undefined ? [`${what} ${was.name} is gone`] : compare(was, is);
  });
}

/** An old client goes on sending the old fields, and no new ones. */
function sentFields(what: string, old: readonly FieldDocument[], now: readonly FieldDocument[]): string[] {
  const known = new Set(old.map((field) => field.name));
  const added = now.filter((field) => !known.has(field.name) && !field.optional);
  return [
    ...pairs(what, old, now, (was, is) => [
      ...changedType(what, was, is),
      ...(was.optional && !is.optional ? [`${what} ${was.name} must be given now`] : []),
    ]),
    ...added.map((field) => `${what} ${field.name} is new and must be given`),
  ];
}

/** An old client goes on expecting the old fields. */
function receivedFields(what: string, old: readonly FieldDocument[], now: readonly FieldDocument[]): string[] {
  return pairs(what, old, now, (was, is) => [
    ...changedType(what, was, is),
    ...(!was.optional && is.optional ? [`${what} ${was.name} can be absent now`] : []),
  ]);
}

function changedType(what: string, was: { name: string; type?: unknown }, is: { type?: unknown }): string[] {
  const [before, after] = [JSON.stringify(was.type), JSON.stringify(is.type)];
  return before === after ? [] : [`${what} ${was.name} changed its type from ${before} to ${after}`];
}

function compareType(was: TypeDocument, is: TypeDocument): string[] {
  const what = `type ${was.name}`;
  if (was.kind !== is.kind) return [`${what} is of kind ${is.kind} now, not ${was.kind}`];
  return [
    ...(was.sent ? sentFields(`field of ${was.name}`, was.fields ?? [], is.fields ?? []) : []),
    ...(was.received ? receivedFields(`field of ${was.name}`, was.fields ?? [], is.fields ?? []) : []),
    ...(was.tag === is.tag ? [] : [`${what} has the tag ${is.tag} now, not ${was.tag}`]),
    ...pairs(`variant of ${was.name}`, was.variants ?? [], is.variants ?? [], (old, now) =>
      changedType(`variant of ${was.name}`, old, now),
    ),
    ...pairs(`value of ${was.name}`, was.values ?? [], is.values ?? [], () => []),
    ...(was.kind === "alias" ? changedType("type", was, is) : []),
    ...surprises(was, is),
  ];
}

/** What an old client receives and has never heard of. */
function surprises(was: TypeDocument, is: TypeDocument): string[] {
  if (!was.received || was.open) return [];
  const members = (type: TypeDocument): readonly Named[] => [...(type.variants ?? []), ...(type.values ?? [])];
  const known = new Set(members(was).map((member) => member.name));
  const added = members(is).filter((member) => !known.has(member.name) && !(was.sent && is.kind === "union"));
  return added.map((member) => `type ${was.name} is received and not open, and has the new value ${member.name}`);
}

/** Whether the version says by itself that old clients are not served. */
export const isMajorStep = (old: string, now: string): boolean => old.split(".")[0] !== now.split(".")[0];
