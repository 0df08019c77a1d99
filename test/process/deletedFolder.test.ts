import { expect, it } from "vitest";
import { helperPath } from "../helpers/helperPath.js";
import { startProgram } from "../helpers/programs.js";

it("a program in a deleted folder can use a helper, and is told what a relative path lacks", async () => {
  const program = startProgram("deleted-folder", { path: helperPath() });
  const lines: string[] = [];
  for (let line = await program.line(); line !== undefined; line = await program.line()) lines.push(line);
  expect(await program.exit).toBe(0);
  const [ping, absolute, relative, helper] = lines;
  expect([ping, absolute]).toEqual(["ping: works", "absolute: works"]);
  for (const line of [relative, helper]) {
    expect(line).toMatch(/: workingDirectoryMissing: The working directory was deleted.*"here/);
  }
});
