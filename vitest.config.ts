import { defineConfig } from "vitest/config";
import { slowTests } from "./vitest.slow-tests.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Slow or foreign parts (Python, Go, Java, tools of the machine) have their own run: npm run test:conformance.
    exclude: ["test/conformance/**", "test/bench/**", ...slowTests],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
