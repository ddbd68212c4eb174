/** Tests that take long, most of them of whole commands: `npm test` keeps under three minutes without them, `npm run test:conformance` runs them. */
export const slowTests = [
  "test/cli/dev*.test.ts",
  "test/cli/brief-again.test.ts",
  "test/cli/deliver.test.ts",
  "test/cli/subscriptions.test.ts",
  "test/render-briefing/bad-input.test.ts",
  "test/deliver-briefing/quota-10000.test.ts",
  "test/infra/bundling/*.test.ts",
  "test/workflow/faults.test.ts",
];
