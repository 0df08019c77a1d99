// npm run check:imports: holds every import against the walls between the parts, which walls.json lists.
import { readFileSync } from "node:fs";
import { findCycles } from "./checkImports/cycles.js";
import { readScripts, readSources } from "./checkImports/files.js";
import {
  appleSiliconTypes,
  findConditions,
  findProcessorBreaches,
  findTargetBreaches,
  type Places,
  type TargetWall,
} from "./checkImports/swift.js";
import { findBreaches, type Wall } from "./checkImports/typescript.js";
import { projectRoot } from "./setup/paths.js";

interface Walls {
  typescript: Wall[];
  swift: TargetWall[];
  conditions: Places;
  appleSilicon: Places;
}

const walls = JSON.parse(readFileSync(new URL("checkImports/walls.json", import.meta.url), "utf8")) as Walls;
const api = JSON.parse(readFileSync(new URL("../protocol/apple/virtualization-api.json", import.meta.url), "utf8"));
const swiftFiles = (place: string) => readSources(projectRoot, place, ".swift");

const breaches = [
  ...findBreaches(readScripts(projectRoot), walls.typescript),
  ...findCycles(readScripts(projectRoot)),
  ...walls.swift.flatMap((wall) => findTargetBreaches(swiftFiles(`helper/Sources/${wall.target}`), wall)),
  ...findConditions(swiftFiles("helper/Sources"), walls.conditions),
  ...findProcessorBreaches(swiftFiles("helper"), appleSiliconTypes(api), walls.appleSilicon),
];
for (const breach of breaches) console.error(breach);
if (breaches.length > 0) process.exitCode = 1;
