import { runSteps } from "../../functions/cli/progress.ts";

/** One step of the smoke test. */
export interface SmokeStep {
  readonly title: string;
  /** What is known of the account once it has passed. */
  readonly proves: string;
  /** @param say tells what it waits for
   *  @returns what was found, in a few words
   *  @throws SmokeFailure, or whatever a service answered */
  readonly run: (say: (detail: string) => void) => Promise<string>;
}

/** What came of a step. */
export interface StepResult {
  readonly step: string;
  readonly outcome: "passed" | "failed" | "not reached";
  readonly seconds: number;
  readonly found: string;
  readonly proves: string;
  /** What to do, of a step that failed. */
  readonly advice?: string;
}

/** A step that found something else than it should, with what to do about it. */
export class SmokeFailure extends Error {
  override readonly name = "SmokeFailure";
  readonly advice: string;

  constructor(message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.advice = advice;
  }
}

/** Runs the steps until one fails, then what puts everything back, in any case.
 *  @returns a result for every step, in order */
export async function runSmoke(steps: readonly SmokeStep[], putBack: SmokeStep): Promise<StepResult[]> {
  const results: StepResult[] = [];
  await runAll(steps, results);
  results.push(
    ...steps
      .slice(results.length)
      .map(({ title: step, proves }) => ({ step, outcome: "not reached", seconds: 0, found: "", proves }) as const),
  );
  await runAll([putBack], results);
  return results;
}

async function runAll(steps: readonly SmokeStep[], results: StepResult[]): Promise<void> {
  const tasks = steps.map(({ title, proves, run }) => ({
    title,
    run: async (say: (detail: string) => void) => {
      const start = performance.now();
      const told = { step: title, proves };
      const seconds = () => Math.round((performance.now() - start) / 100) / 10;
      try {
        const found = await run(say);
        results.push({ ...told, outcome: "passed", seconds: seconds(), found });
      } catch (error) {
        results.push({ ...told, outcome: "failed", seconds: seconds(), ...explain(error) });
        throw error;
      }
    },
  }));
  const before = results.length;
  // What failed is among the results; a failure of the display itself is not.
  await runSteps(tasks).catch((error: unknown) => {
    if (!results.slice(before).some(({ outcome }) => outcome === "failed")) throw error;
  });
}

/** What AWS's clients throw, by name, where the words of the error do not say what to do. */
const adviceByError: Readonly<Record<string, string>> = {
  CredentialsProviderError: "sign in to the account (aws sso login, AWS_PROFILE), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
  ExpiredTokenException: "the credentials have expired; sign in again",
  AccessDeniedException: "use a role that may deploy the stacks; the smoke test asks for no more",
  AccessDenied: "use a role that may deploy the stacks; the smoke test asks for no more",
};

function explain(error: unknown): { readonly found: string; readonly advice: string } {
  if (error instanceof SmokeFailure) return { found: error.message, advice: error.advice };
  if (!(error instanceof Error)) return { found: String(error), advice: "run it again" };
  const found = error.name === "Error" ? error.message : `${error.name}: ${error.message}`;
  return {
    found,
    advice: adviceByError[error.name] ?? "mend what the error names, then run it again; infra/RUNBOOK.md knows the errors of a run",
  };
}
