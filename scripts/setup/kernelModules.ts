import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

/** What a kernel module says about itself in its `.modinfo` section. */
export interface ModuleInfo {
  /** Patterns of the devices it drives. */
  aliases: string[];
  /** Modules to be loaded before it, directly needed ones only. */
  depends: string[];
}

/** Module names are spelled with `-` or `_` at will; files, aliases and dependencies disagree about it. */
export const canonicalName = (name: string): string => name.replaceAll("-", "_");

/** Reads the `key=value` strings a module carries. */
export function readModuleInfo(content: Buffer): ModuleInfo {
  const info: ModuleInfo = { aliases: [], depends: [] };
  const text = content.toString("latin1");
  for (const [, key, value = ""] of text.matchAll(/(?<=\0|^)(alias|depends)=([^\0]*)\0/g)) {
    if (key === "alias") info.aliases.push(value);
    else info.depends.push(...value.split(",").filter(Boolean).map(canonicalName));
  }
  return info;
}

/** All modules below `folder`, by canonical name. */
export function findModules(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.ko(\.\w+)?$/.test(name));
  return new Map(files.map((name) => [canonicalName(basename(name).replace(/\.ko.*$/, "")), join(folder, name)]));
}

/** `name` after everything it needs, each once. */
export function loadOrder(name: string, infos: Map<string, ModuleInfo>): string[] {
  const order: string[] = [];
  const visit = (current: string) => {
    // What is not in the table is built into the kernel.
    const info = infos.get(current);
    if (!info || order.includes(current)) return;
    info.depends.forEach(visit);
    order.push(current);
  };
  visit(name);
  return order;
}

/** The table `load-modules` reads in the guest: one line per device pattern, and one per module name. */
export function moduleTable(
  names: string[],
  infos: Map<string, ModuleInfo>,
  companions: Record<string, string[]>,
): string {
  const lines = names.flatMap((name) => {
    const files = [name, ...(companions[name] ?? [])].flatMap((each) => loadOrder(each, infos));
    const paths = files.map((file) => `/lib/modules/${file}.ko`).join(" ");
    return [...(infos.get(name)?.aliases ?? []), name].map((pattern) => `${pattern} ${paths}\n`);
  });
  return lines.join("");
}
