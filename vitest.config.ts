import { defineConfig } from "vitest/config";
import { slowTests } from "./vitest.slow-tests.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Slow or foreign parts (Python, Go, Java, tools of the machine) have their own run: npm run test:conformance.
    exclude: ["test/conformance/**", "test/bench/**", ...slowTests],
    // Both cores: left alone, one of two is kept free, and a third of the tests wait for a browser or another process.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
