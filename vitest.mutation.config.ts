import { defineConfig } from "vitest/config";

// The tests that are to notice a change in the judge; the slow ones (10,000 cases a property) would be run for every mutant.
export default defineConfig({
  test: {
    include: ["test/core/**/*.test.ts", "test/gold/**/*.test.ts", "test/data/traps*.test.ts"],
    exclude: ["test/core/assessment/methods.properties.test.ts", "test/core/vintages.test.ts"],
    testTimeout: 60_000,
  },
});
