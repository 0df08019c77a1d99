import { existsSync } from "node:fs";
import { mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../../scripts/setup/paths.js";
import { packedClient } from "../../scripts/test/packed.js";
import { readGuides, type Snippet, snippetsIn } from "../helpers/guides.js";
import { installClient } from "../helpers/packages.js";

describe("the programs that the guides show", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(await realpath(tmpdir()), "vzkit-guides-"));
    await installClient(await packedClient(), folder);
    await symlink(join(projectRoot, "node_modules/@types"), join(folder, "node_modules/@types"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Checks programs against the installed package; resolves with the compiler's complaints, by guide and line. */
  async function complaintsOf(snippets: Snippet[]): Promise<string> {
    const files = snippets.map(({ guide, line, language }) => `${guide.replaceAll("/", "-")}-${line}.m${language}`);
    for (const [index, { code, line }] of snippets.entries()) {
      // At the line that it has in the guide, which is then what the compiler names.
      await writeFile(join(folder, files[index] ?? ""), "\n".repeat(line - 1) + code);
    }
    const compilerOptions = {
      ...{ target: "es2023", module: "nodenext", types: ["node"], lib: ["es2023", "esnext.disposable"] },
      ...{ strict: true, allowJs: true, checkJs: true, noEmit: true, skipLibCheck: true },
    };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    const options = { cwd: projectRoot, preferLocal: true, reject: false } as const;
    const { stdout, stderr, exitCode } = await execa("tsc", ["-p", folder, "--pretty", "false"], options);
    expect(exitCode === 0, stderr).toBe(stdout === "");
    return stdout;
  }

  it("compile with the package installed", async () => {
    const snippets = await snippetsIn("ts", "js");
    const guides = snippets.map(({ guide }) => guide);
    expect(guides).toEqual(expect.arrayContaining(["README.md", "docs/linux-guest.md", "docs/virtual-mac.md"]));
    expect(await complaintsOf(snippets)).toBe("");
  });

  it("are found out when they do not", async () => {
    const code =
      'import { launchHelper } from "vzkit";\nconst helper = await launchHelper();\nawait helper.stopAll();\n';
    const snippets = ["ts", "js"].map((language, index) => ({
      guide: "docs/wrong.md",
      language,
      line: 7 + index,
      code,
    }));
    const complaints = await complaintsOf(snippets);
    expect(complaints).toMatch(/docs-wrong\.md-7\.mts\(9,14\): .*stopAll/);
    expect(complaints).toMatch(/docs-wrong\.md-8\.mjs\(10,14\): .*stopAll/);
  });
});

describe("the commands that the guides name", () => {
  it("are scripts of the project", async () => {
    const { scripts } = JSON.parse(await readFile(join(projectRoot, "package.json"), "utf8")) as { scripts: object };
    const named = await all(/npm run (?:--silent )?([a-z][\w:-]*)/g);
    expect(named.length).toBeGreaterThan(0);
    for (const [guide, name = ""] of named) expect(Object.keys(scripts), guide).toContain(name);
    for (const [guide, name = ""] of await all(/scripts\/bootstrap\.mjs (\w+)/g)) {
      expect(existsSync(join(projectRoot, `scripts/${name}.ts`)), `${guide}: ${name}`).toBe(true);
    }
  });

  it("are commands of vzkit, with options that these take", async () => {
    const { stdout: usage } = await execa("node", ["scripts/vzkit.mjs", "--help"], { cwd: projectRoot });
    const named = await all(/npx vzkit ([a-z]+)((?: --?[\w-]+)*)/g);
    expect(named.length).toBeGreaterThan(0);
    for (const [guide, command = "", options = ""] of named) {
      expect(usage, `${guide}: ${command}`).toMatch(new RegExp(`^  ${command}\\b`, "m"));
      for (const option of options.split(" ").filter(Boolean)) expect(usage, guide).toContain(`${option} `);
    }
  });

  it("are lines that a shell understands", async () => {
    const snippets = await snippetsIn("sh");
    expect(snippets.length).toBeGreaterThan(0);
    for (const { code, guide, line } of snippets) {
      const { exitCode, stderr } = await execa("bash", ["-n"], { input: code, reject: false });
      expect(exitCode, `${guide}:${line}: ${stderr}`).toBe(0);
    }
  });
});

it("the links of the guides lead somewhere", async () => {
  const links = await all(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g);
  expect(links.length).toBeGreaterThan(0);
  for (const [guide, target = ""] of links) {
    expect(existsSync(join(projectRoot, dirname(guide), target)), `${guide}: ${target}`).toBe(true);
  }
});

/** What an expression finds in all guides: the guide and the groups. */
async function all(expression: RegExp): Promise<[guide: string, ...groups: string[]][]> {
  return [...(await readGuides())].flatMap(([guide, text]) =>
    [...text.matchAll(expression)].map(([, ...groups]): [string, ...string[]] => [guide, ...groups]),
  );
}
