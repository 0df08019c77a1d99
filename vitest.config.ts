import { defineConfig } from "vitest/config";

// One project per kind of test, so that the cheap ones can run alone: `npx vitest run --project unit`.
const kinds = ["unit", "contract", "process"];
const setupFiles = ["test/helpers/failOnConsole.ts"];

export default defineConfig({
  test: {
    globalSetup: "scripts/test/packed.ts",
    projects: [
      ...kinds.map((name) => ({
        // The first to need a package in a test run packs it, and all others wait for it.
        test: { name, include: [`test/${name}/**/*.test.ts`], setupFiles, testTimeout: 60_000, hookTimeout: 180_000 },
      })),
      {
        // Guests share the machine's cores: one file at a time keeps their boot times bounded.
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          setupFiles,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "types",
          include: [],
          typecheck: { enabled: true, only: true, include: ["test/types/**/*.test-d.ts"], tsconfig: "tsconfig.json" },
        },
      },
    ],
  },
});
