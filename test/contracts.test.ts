import { describe, expect, it } from "vitest";
import { z } from "zod";
import { errorNames } from "../functions/contracts.ts";
import * as errors from "../functions/core/errors.ts";
import { defineWorkflow } from "../infra/constructs/workflow-definition.ts";

const definition = defineWorkflow(
  { checkReadiness: "a", planRun: "b", renderBriefing: "c", deliverBriefing: "d", closeRun: "e" },
  "bucket",
);

const retrySchema = z.array(z.object({ ErrorEquals: z.array(z.string()) }));

/** Every list of errors in the definition, wherever it stands. */
function listMatched(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === "Retry" || key === "Catch" ? retrySchema.parse(value).flatMap(({ ErrorEquals }) => ErrorEquals) : listMatched(value),
  );
}

/** What AWS itself gives (https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html, …/concepts-error-handling.html). */
const byAws = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
  "Lambda.Unknown",
  "Sandbox.Timedout",
  "Runtime.ExitError",
  "States.Timeout",
  "States.ALL",
];

describe("the errors that the workflow matches", () => {
  it("are AWS's own, or names of classes that the functions throw", () => {
    const ours = Object.values(errors).map(({ name }) => name);
    const matched = [...new Set(listMatched(definition))].filter((name) => !byAws.includes(name));
    expect(matched.toSorted()).toEqual([...errorNames.transient, ...errorNames.conflict, ...errorNames.throttled].toSorted());
    expect(matched.filter((name) => !ours.includes(name))).toEqual([]);
    expect(ours).toContain(errorNames.incomplete);
  });

  it("do not include what the same again would not mend", () => {
    for (const name of ["InputError", "ContentError", "LayoutError", "MissingGlyphError", errorNames.incomplete]) {
      expect(listMatched(definition)).not.toContain(name);
    }
  });

  it("have names that survive bundling: each is a property, not the class's own name", () => {
    expect(new errors.StoreError("x").name).toBe("StoreError");
    expect(new errors.RunIncompleteError("r", [], 0).name).toBe("RunIncompleteError");
    expect(new errors.MailThrottledError("x").name).toBe("MailThrottledError");
  });
});
