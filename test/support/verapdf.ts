import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { keepOnce, run } from "./conformance-tools.ts";

/** veraPDF, the judge of PDF/A and PDF/UA that the PDF Association stands behind. No part of biaogan: fetched on first use. */

/** The newest whose command comes as one file from Maven Central; of 1.30 there are the libraries only. */
export const veraPdfVersion = "1.28.2";
const artifact = `org.verapdf.apps:greenfield-apps:${veraPdfVersion}`;
const copy = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
const command = "org.verapdf.apps.GreenfieldCliWrapper";
const maxOutputBytes = 64 * 1024 * 1024;
/** Compliant, not compliant, could not be read: in each case the verdict is on standard output. */
const answered = [0, 1, 7];

/** PDF/A-3 with its level, or PDF/UA-1. */
export type Flavour = "3a" | "3u" | "ua1";

export interface Verdict {
  readonly file: string;
  readonly flavour: Flavour;
  readonly compliant: boolean;
  /** Each rule that is broken: clause, what it wants, how often it is broken and where first. */
  readonly failures: readonly string[];
}

export interface Judgement {
  /** For example `veraPDF 1.28.2`. */
  readonly judge: string;
  readonly verdicts: readonly Verdict[];
  /** What it complained of beside its rules. */
  readonly warnings: readonly string[];
}

const reportSchema = z.object({
  report: z.object({
    buildInformation: z.object({ releaseDetails: z.array(z.object({ id: z.string(), version: z.string() })) }),
    jobs: z.array(
      z.object({
        itemDetails: z.object({ name: z.string() }),
        taskException: z.object({ exceptionMessage: z.string() }).optional(),
        validationResult: z
          .array(
            z.object({
              compliant: z.boolean(),
              details: z.object({
                passedRules: z.number(),
                ruleSummaries: z.array(
                  z.object({
                    clause: z.string(),
                    testNumber: z.number(),
                    failedChecks: z.number(),
                    description: z.string(),
                    checks: z.array(z.object({ context: z.string(), errorMessage: z.string() })),
                  }),
                ),
              }),
            }),
          )
          .optional(),
      }),
    ),
  }),
});
type Job = z.infer<typeof reportSchema>["report"]["jobs"][number];

/** Holds every file against every flavour.
 *  @throws Error when veraPDF cannot be had or started, or when a file is none that it can read */
export async function validatePdf(files: readonly string[], flavours: readonly Flavour[]): Promise<Judgement> {
  const jar = await installVeraPdf();
  const judgements: Judgement[] = [];
  // One after the other: each takes a Java of its own.
  for (const flavour of flavours) judgements.push(await judge(jar, files, flavour));
  return {
    judge: [...new Set(judgements.map((each) => each.judge))].join(", "),
    verdicts: judgements.flatMap(({ verdicts }) => verdicts),
    warnings: [...new Set(judgements.flatMap(({ warnings }) => warnings))],
  };
}

async function installVeraPdf(): Promise<string> {
  const folder = await keepOnce(`verapdf-${veraPdfVersion}`, async (unfinished) => {
    await run("mvn", ["--quiet", "--batch-mode", copy, `-Dartifact=${artifact}`, `-DoutputDirectory=${unfinished}`]);
  }).catch((cause) => {
    const needs = "Java 17, Maven (https://maven.apache.org) and the network once";
    throw new Error(
      `the conformance test needs veraPDF ${veraPdfVersion}, which could not be installed. It needs ${needs}; the cause: ${cause}`,
      {
        cause,
      },
    );
  });
  return join(folder, `greenfield-apps-${veraPdfVersion}.jar`);
}

async function judge(jar: string, files: readonly string[], flavour: Flavour): Promise<Judgement> {
  const args = ["-cp", jar, command, "--flavour", flavour, "--format", "json", "--maxfailuresdisplayed", "1", ...files];
  const { stdout, stderr } = await promisify(execFile)("java", args, { maxBuffer: maxOutputBytes }).catch((failure) => {
    if (answered.includes(failure.code) && failure.stdout) return failure as { stdout: string; stderr: string };
    throw new Error(`veraPDF failed: ${failure.code ?? failure.message}\n${failure.stderr ?? ""}`, { cause: failure });
  });
  const { report } = reportSchema.parse(JSON.parse(stdout));
  if (report.jobs.length !== files.length) throw new Error(`veraPDF judged ${report.jobs.length} of ${files.length} files: ${stderr}`);
  const core = report.buildInformation.releaseDetails.find(({ id }) => id === "core");
  return {
    judge: `veraPDF ${core?.version}`,
    verdicts: report.jobs.map((job) => readVerdict(job, flavour)),
    warnings: stderr.split("\n").filter((line) => /^(?:WARNING|SEVERE)/.test(line)),
  };
}

function readVerdict({ itemDetails: { name }, taskException, validationResult }: Job, flavour: Flavour): Verdict {
  const [result] = validationResult ?? [];
  if (!result) throw new Error(`veraPDF could not read ${name}: ${taskException?.exceptionMessage}`);
  // A judge who asks nothing would be content with everything.
  if (result.details.passedRules === 0) throw new Error(`veraPDF held no rule of ${flavour} against ${name}`);
  const failures = result.details.ruleSummaries.map(({ clause, testNumber, description, failedChecks, checks: [first] }) => {
    return `${clause}-${testNumber}: ${description} (${failedChecks} times; ${first?.errorMessage} at ${first?.context})`;
  });
  return { file: name, flavour, compliant: result.compliant, failures };
}
