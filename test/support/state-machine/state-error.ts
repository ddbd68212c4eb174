/** A state's failure, as Retry and Catch see it. Any other exception in the interpreter is a fault of the test and is thrown to it. */
export class StateError extends Error {
  readonly error: string;
  readonly reason: string;

  /** @param error the name that ErrorEquals is compared with; @param reason the Cause */
  constructor(error: string, reason: string) {
    super(`${error}: ${reason}`);
    this.error = error;
    this.reason = reason;
  }
}

/** Thrown by a hook to kill the step at an arrow. The default name is what Step Functions reports of a function that died without an answer. */
export class Killed extends Error {
  readonly error: string;

  /** @param error give "States.Runtime" for a failure that no Retry and no Catch may hold up */
  constructor(error = "Lambda.Unknown") {
    super(`killed (${error})`);
    this.error = error;
  }
}

/** What States.ALL does not catch: the States.DataLimitExceeded terminal error and Runtime errors (dg/concepts-error-handling.html). */
const terminal = new Set(["States.DataLimitExceeded", "States.Runtime"]);

/**
 * Whether a retrier or catcher is for an error. States.TaskFailed is "a wildcard that matches any known error name except for States.Timeout";
 * that it spares the terminal errors as States.ALL does is our reading, the documentation is silent.
 */
export function matchesError(errorEquals: readonly string[], error: string): boolean {
  return errorEquals.some((name) => {
    if (name === error) return true;
    if (terminal.has(error)) return false;
    return name === "States.ALL" || (name === "States.TaskFailed" && error !== "States.Timeout");
  });
}
