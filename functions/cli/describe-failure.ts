import { InputError } from "../core/errors.ts";

const shown = 40;

/** @returns what went wrong in words for a person; the chain of causes only where nobody named the failure. */
export function describeFailure(error: unknown): string {
  if (error instanceof InputError) {
    const lines = error.message.split("\n");
    const rest = lines.length > shown ? [`… and ${lines.length - shown} more`] : [];
    return [...lines.slice(0, shown), ...rest, "Nothing was changed."].join("\n");
  }
  if (!(error instanceof Error)) return String(error);
  // A named failure says all that a user can act on; anything else is our mistake and its trace is what we need.
  if (error.name !== "Error" && error.name !== "TypeError") return `${error.name}: ${error.message}${causeOf(error)}`;
  return error.stack ?? error.message;
}

function causeOf({ cause }: Error): string {
  return cause instanceof Error ? `\n  because: ${cause.message}` : "";
}
