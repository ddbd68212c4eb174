import { describeFailure } from "./describe-failure.ts";

/** An edition that could not be made, and why. */
export interface FailedEdition {
  readonly id: string;
  readonly error: unknown;
}

/** Some editions could not be made; the others were. */
export class EditionsError extends Error {
  override readonly name = "EditionsError";

  constructor(failed: readonly FailedEdition[]) {
    super(failed.map(({ id, error }) => `${id} is not made: ${describeFailure(error)}`).join("\n"));
  }
}
