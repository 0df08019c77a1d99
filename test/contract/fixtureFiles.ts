import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../protocol/fixtures", import.meta.url));

/** A value that must be refused, and the place that the refusal must name. */
export interface InvalidCase {
  readonly value: unknown;
  readonly path: string;
}

export interface MethodFixture {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly results: readonly unknown[];
  readonly invalidParams: readonly InvalidCase[];
}

export interface EventFixture {
  readonly event: string;
  readonly params: readonly unknown[];
}

export interface TypeFixture {
  readonly type: string;
  readonly values: readonly unknown[];
  readonly invalid: readonly InvalidCase[];
}

export interface ErrorFixture {
  readonly error: { readonly code: number; readonly message: string; readonly data: { readonly kind: string } };
}

const read = <T>(name: string): [string, T] => [name, JSON.parse(readFileSync(join(folder, name), "utf8")) as T];
const names = (under: string): string[] =>
  readdirSync(join(folder, under), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(under, entry.name));

const messages = names("");
export const eventFixtures = messages.filter((name) => name.endsWith(".event.json")).map(read<EventFixture>);
export const methodFixtures = messages.filter((name) => !name.endsWith(".event.json")).map(read<MethodFixture>);
export const typeFixtures = names("types").map(read<TypeFixture>);
export const errorFixtures = names("errors").map(read<ErrorFixture>);

/** What the tests read of the generated protocol.json. */
export interface Protocol {
  readonly errorData: string;
  readonly domains: readonly {
    readonly types: readonly {
      readonly name: string;
      readonly kind: string;
      readonly tag?: string;
      readonly variants?: readonly { readonly name: string }[];
      readonly values?: readonly { readonly name: string }[];
    }[];
  }[];
}

const generated = fileURLToPath(new URL("../../protocol/generated/protocol.json", import.meta.url));
export const protocol = JSON.parse(readFileSync(generated, "utf8")) as Protocol;
