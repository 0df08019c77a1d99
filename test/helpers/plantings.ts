import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Build } from "../../scripts/checkMac/build.js";
import { type Manifest, readManifest, type Target } from "../../scripts/checkMac/manifest.js";
import { makeSDK, type SDKKeys } from "../../scripts/checkMac/sdk.js";
import { type Checked, checkTarget, type TargetOptions } from "../../scripts/checkMac/targets.js";
import { macModulesFolder } from "../../scripts/setup/macModules/step.js";
import { projectRoot } from "../../scripts/setup/paths.js";

/** What was planted and compiled. */
export interface Planted {
  /** The line in which each plant ends. */
  lines: number[];
  result: Checked;
  sdk: SDKKeys;
  /** What the target was compiled with. */
  options: TargetOptions;
}

/** Compiles targets for a Mac with code added to copies of their sources. */
export class Plantings {
  readonly #folder: string;
  readonly #manifest: Manifest;

  private constructor(folder: string, manifest: Manifest) {
    this.#folder = folder;
    this.#manifest = manifest;
  }

  /** @param folder where what is compiled goes; tests that run at the same time need one each */
  static async open(folder: string): Promise<Plantings> {
    await mkdir(folder, { recursive: true });
    return new Plantings(folder, await readManifest(folder));
  }

  build(architecture: Build["architecture"], newest = 15): Build {
    const output = join(this.#folder, `${architecture}-${newest}`);
    return { architecture, newest, modules: macModulesFolder(), output };
  }

  /** Compiles a target, and what it needs, with `code` at the end of a copy of `file`. */
  async compile(target: string, file: string, code: string[], build: Build): Promise<Planted> {
    const copy = join(this.#folder, `${target}-${build.architecture}.swift`);
    const original = await readFile(join(projectRoot, file), "utf8");
    let text = `import Foundation\nimport Virtualization\n${original.trimEnd()}\n`;
    const lines = code.map((each) => {
      text += `${each}\n`;
      return text.split("\n").length - 1;
    });
    await writeFile(copy, text);
    return { lines, ...(await this.#compile(target, new Map([[file, copy]]), build)) };
  }

  async #compile(name: string, replacements: ReadonlyMap<string, string>, build: Build) {
    const manifest = this.#manifest;
    const sdk = await makeSDK(build);
    const answers = new Map<string, Checked>();
    const checked = async (target: Target): Promise<TargetOptions> => {
      for (const each of target.dependencies) await checked(this.#target(each));
      const needed = target.dependencies.map((each) => answers.get(each)?.key ?? "");
      const options = { build, manifest, sdk, target, needed, ...(target.name === name ? { replacements } : {}) };
      if (!answers.has(target.name)) answers.set(target.name, await checkTarget(options));
      return options;
    };
    const options = await checked(this.#target(name));
    const result = answers.get(name);
    if (!result) throw new Error(`nothing came of ${name}`);
    return { result, sdk, options };
  }

  #target(name: string): Target {
    const found = this.#manifest.targets.find((each) => each.name === name);
    if (!found) throw new Error(`there is no target ${name}`);
    return found;
  }
}
