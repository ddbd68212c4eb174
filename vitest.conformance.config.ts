import { defineConfig } from "vitest/config";
import { slowTests } from "./vitest.slow-tests.ts";

export default defineConfig({
  test: {
    include: ["test/conformance/**/*.test.ts", ...slowTests],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
