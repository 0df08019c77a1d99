import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../../scripts/setup/paths.js";
import { packedClient } from "../../scripts/test/packed.js";
import { helperPath } from "../helpers/helperPath.js";
import { installClient } from "../helpers/packages.js";

const helperPackage = `@vzkit/helper-${process.platform}-${process.arch}`;

const source = `import { launchHelper, VERSION } from "vzkit";
launchHelper().then(async (helper) => {
  console.log(JSON.stringify({ version: VERSION, helper: helper.info.helper.version }));
  await helper.close();
}, (error) => { console.log(JSON.stringify({ error: error.message })); });
`;

let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), "vzkit-bundlers-"));
  env = { VZKIT_HELPER: "", XDG_CACHE_HOME: join(folder, "cache") };
  await installClient(await packedClient(), join(folder, "project"));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Puts the package with the helper, as far as it is looked for, into a folder. */
async function installHelper(place: string): Promise<string> {
  const target = join(place, "node_modules", helperPackage);
  await mkdir(target, { recursive: true });
  await writeFile(join(target, "package.json"), JSON.stringify({ name: helperPackage }));
  await cp(helperPath(), join(target, "vzkit-helper"));
  return join(target, "vzkit-helper");
}

/** The options that docs/bundlers.md shows for a format, taken from there. */
async function documentedOptions(format: "cjs" | "esm"): Promise<BuildOptions> {
  const guide = await readFile(join(projectRoot, "docs/bundlers.md"), "utf8");
  const block = new RegExp(`\\nesbuild .*--format=${format}[^\`]*`).exec(guide)?.[0];
  if (block === undefined) throw new Error(`docs/bundlers.md shows no line for esbuild --format=${format}`);
  const banner = /--banner:js="([^"]*)"/.exec(block)?.[1];
  return banner === undefined ? {} : { banner: { js: banner } };
}

async function bundle(format: "cjs" | "esm", outfile: string): Promise<void> {
  const { warnings } = await build({
    stdin: { contents: source, resolveDir: join(folder, "project") },
    bundle: true,
    platform: "node",
    format,
    outfile,
    logLevel: "silent",
    ...(await documentedOptions(format)),
  });
  // That CommonJS has no import.meta is known, and provided for.
  expect(warnings.filter(({ id }) => id !== "empty-import-meta")).toEqual([]);
}

describe.each([
  ["cjs", "app.cjs"],
  ["esm", "app.mjs"],
] as const)("a program bundled by esbuild as %s", (format, name) => {
  it("finds the helper's package beside it, and runs", async () => {
    const app = join(folder, format);
    await bundle(format, join(app, "dist", name));
    await installHelper(app);
    const { stdout, stderr } = await execa("node", [join(app, "dist", name)], { env });
    expect(stderr).toBe("");
    const { version } = JSON.parse(await readFile(join(projectRoot, "package.json"), "utf8")) as { version: string };
    expect(JSON.parse(stdout)).toEqual({ version, helper: version });
  });

  it("says where it looked when there is none", async () => {
    const app = join(folder, `${format}-alone`);
    await bundle(format, join(app, name));
    const { stdout } = await execa("node", [join(app, name)], { env });
    expect(stdout).toContain(`the package ${helperPackage}`);
    expect(stdout).toContain("npx vzkit setup");
  });
});

describe("an Electron application", () => {
  /** A program as Electron runs it from an archive, which it shows as a folder. */
  async function application(name: string): Promise<{ app: string; program: string }> {
    const app = join(folder, name, "app.asar");
    const program = join(app, "dist/main.cjs");
    await bundle("cjs", program);
    return { app, program };
  }

  it("runs the helper that lies unpacked beside its archive", async () => {
    const { app, program } = await application("unpacked");
    await chmod(await installHelper(app), 0o644);
    await installHelper(`${app}.unpacked`);
    const { stdout } = await execa("node", [program], { env });
    expect(JSON.parse(stdout)).toHaveProperty("helper");
  });

  it("names the option that is missing when the helper is inside the archive only", async () => {
    const { app, program } = await application("packed");
    await installHelper(app);
    // What tells Electron from Node.
    const electron = join(folder, "electron.cjs");
    await writeFile(electron, `Object.defineProperty(process.versions, "electron", { value: "40.0.0" });`);
    const { stdout } = await execa("node", ["--require", electron, program], { env });
    expect(stdout).toContain("is inside an archive, from which no program can be run");
    expect(stdout).toContain("asarUnpack");
  });
});
