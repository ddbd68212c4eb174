/** Tests of whole commands that take long: `npm test` keeps under three minutes without them, `npm run test:conformance` runs them. */
export const slowTests = ["test/cli/dev*.test.ts", "test/cli/brief-again.test.ts", "test/render-briefing/bad-input.test.ts"];
