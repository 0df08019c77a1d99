import { describe, expect, it } from "vitest";
import { gone } from "../helpers/processes.js";
import { peer, startProgram } from "../helpers/programs.js";

describe("Node", () => {
  it("ends by itself when a client is idle, and its helper with it", async () => {
    const program = startProgram("idle", peer("forever"));
    const helper = Number(await program.line());
    expect(await program.exit).toBe(0);
    await gone(helper);
  });

  it("stays alive for a request under way", async () => {
    const program = startProgram("waiting", peer("forever"));
    const helper = Number(await program.line());
    expect(await program.line()).toBe("TimeoutError");
    expect(await program.exit).toBe(0);
    await gone(helper);
  });

  it("killed by SIGKILL leaves no helper", async () => {
    const program = startProgram("open", peer("forever"));
    const helper = Number(await program.line());
    program.kill("SIGKILL");
    await program.exit;
    await gone(helper);
  });

  it("interrupted by Ctrl-C, which goes to its whole process group, still has its helper", async () => {
    const program = startProgram("interrupted", peer("forever"));
    const helper = Number(await program.line());
    process.kill(-program.pid, "SIGINT");
    expect(await program.line()).toBe("answered");
    expect(await program.exit).toBe(0);
    await gone(helper);
  });

  it("learns of a listener that throws; the connection does not", async () => {
    const program = startProgram("faulty-listener", peer("tells-events"));
    const lines = [await program.line(), await program.line()];
    expect(lines.sort()).toEqual(["answered", "uncaught fault"]);
    expect(await program.exit).toBe(0);
  });
});
