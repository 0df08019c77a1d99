import { beforeEach } from "vitest";

// A library that prints is in its users' way, and a test that prints hides what matters.
beforeEach(() => {
  for (const method of ["debug", "error", "info", "log", "warn"] as const) {
    console[method] = (...values: unknown[]) => {
      throw new Error(`console.${method} was called: ${values.map(String).join(" ")}`);
    };
  }
});
