import { describe, expect, it } from "vitest";
import { breakingChanges, isMajorStep, type ProtocolDocument } from "../../scripts/generate/compare.js";
import { emitModel } from "../../scripts/generate/emitModel.js";
import { resolveSpec } from "../../scripts/generate/resolve.js";

const before = `domain: demo
doc: A domain.
types:
  Sent: { kind: struct, doc: S., fields: { a: { type: string, doc: A. }, b?: { type: string, doc: B. } } }
  Got: { kind: struct, doc: G., fields: { a: { type: string, doc: A. }, b?: { type: string, doc: B. } } }
  Mode: { kind: enum, open: false, doc: M., values: { on: On., "off": Off. } }
  State: { kind: enum, open: true, doc: S., values: { on: On. } }
  Device: { kind: union, tag: kind, doc: D., variants: { one: Sent } }
methods:
  go:
    doc: Goes.
    params: { device: { type: Device, doc: D. }, c?: { type: bool, doc: C. } }
    result: { got: { type: Got, doc: G. }, mode: { type: Mode, doc: M. }, state?: { type: State, doc: S. } }
events:
  went: { doc: Went., params: { got: { type: Got, doc: G. } } }
`;

const core = `domain: core
doc: Core.
protocolVersion: "1.0"
errorData: ErrorData
types:
  ErrorData: { kind: struct, doc: Data., fields: { kind: { type: string, doc: Kind. } } }
errors:
  broken: { code: -1, doc: Broken., hint: Mend it. }
`;

const document = (demo: string, coreText = core): ProtocolDocument =>
  JSON.parse(
    emitModel(
      resolveSpec([
        { path: "core.yml", text: coreText },
        { path: "demo.yml", text: demo },
      ]),
    ),
  ) as ProtocolDocument;

/** What breaks when one text of the spec is replaced by another. */
function breaks(from: string, to: string): string[] {
  const inCore = core.includes(from);
  expect(inCore || before.includes(from), `"${from}" is in the spec`).toBe(true);
  const now = inCore ? document(before, core.replace(from, to)) : document(before.replace(from, to));
  return breakingChanges(document(before), now);
}

describe("changes that old clients do not notice", () => {
  it.each([
    ["the same", "Goes.", "Goes on."],
    ["a new optional param", "c?: { type: bool", "d?: { type: bool, doc: D. }, c?: { type: bool"],
    ["a param that may be left out now", "a: { type: string, doc: A. }, b?", "a?: { type: string, doc: A. }, b?"],
    ["a new result field", "result: { got", "result: { more: { type: bool, doc: M. }, got"],
    ["a new event", "events:\n", "events:\n  came: { doc: Came. }\n"],
    ["a new method", "methods:\n", "methods:\n  come: { doc: Comes. }\n"],
    ["a new value of an open enum", "doc: S., values: { on: On. }", "doc: S., values: { on: On., idle: Idle. }"],
    ["a new variant that is only sent", "one: Sent }", "one: Sent, two: Sent }"],
  ])("%s", (_, from, to) => {
    expect(breaks(from, to)).toEqual([]);
  });
});

describe("changes that break old clients", () => {
  it.each([
    ["c?: { type: bool", "c: { type: bool", "param of demo.go c must be given now"],
    ["c?: { type: bool", "d: { type: bool, doc: D. }, c?: { type: bool", "param of demo.go d is new and must be given"],
    [", c?: { type: bool, doc: C. }", "", "param of demo.go c is gone"],
    ["c?: { type: bool", "c?: { type: int32", 'param of demo.go c changed its type from "bool" to "int32"'],
    ["mode: { type: Mode", "mode?: { type: Mode", "result of demo.go mode can be absent now"],
    [", state?: { type: State, doc: S. }", "", "result of demo.go state is gone"],
    ["events:\n  went", "events:\n  came", "event demo.went is gone"],
    ["methods:\n  go", "methods:\n  run", "method demo.go is gone"],
    ['on: On., "off": Off.', "on: On.", "value of Mode off is gone"],
    ["on: On., ", "on: On., idle: Idle., ", "type Mode is received and not open, and has the new value idle"],
    ["one: Sent }", "two: Sent }", "variant of Device one is gone"],
    ["tag: kind", "tag: type", "type Device has the tag type now, not kind"],
    ["code: -1", "code: -2", "error broken changed its code from -1 to -2"],
  ])("%s → %s", (from, to, expected) => {
    expect(breaks(from, to)).toContain(expected);
  });
});

it("lets a new major version break what it likes", () => {
  expect(isMajorStep("1.4", "2.0")).toBe(true);
  expect(isMajorStep("1.4", "1.5")).toBe(false);
});
