import { z } from "zod";

const addressSchema = z.email("write an e-mail address, for example briefing@example.org");
const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "write a month as YYYY-MM");
/** From `-c` every answer is a text; from a file it is what it is. */
const yesNo = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);
const count = (from: number, to: number) => z.coerce.number().int().min(from).max(to);

/** One record a stage. `sender`, `alarms` and `firstPeriod` are what a user answers; all else has a default that can be argued. */
const stageSchema = z.strictObject({
  /** Part of every name: `test`, `prod`. */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,11}$/, "write up to twelve small letters and digits, for example prod")
    .default("prod"),
  /** The address that briefings come from; its domain or itself is verified with SES by the stack. */
  sender: addressSchema,
  /** Where a reader writes who wants to leave; the sender's own address unless another is named. Somebody reads it. */
  contact: addressSchema.optional(),
  /** Who is told when something failed. */
  alarms: addressSchema,
  /** The first month that is reported on; an earlier one is never started. */
  firstPeriod: monthSchema,
  /** IANA name; the schedule and every date follow it. */
  timeZone: z.string().refine(isTimeZone, "write an IANA time zone, for example Asia/Shanghai").default("Asia/Shanghai"),
  /** Editions of every issue, by name as for `biaogan brief --edition`. */
  editions: z
    .string()
    .regex(/^[a-zA-Z0-9-]+(,[a-zA-Z0-9-]+)*$/, "write names of editions with commas between, for example full,one-page,full-en")
    .default("full,one-page"),
  /** Local hour at which a month is started and looked at again. */
  hour: count(0, 22).default(8),
  /** From this day of the month on, it is an alarm that the month before was not issued: after the gate's latest cut-off. */
  overdueFrom: count(2, 28).default(25),
  logRetentionDays: z.coerce
    .number()
    .pipe(z.literal([30, 90, 180, 365, 731]))
    .default(365),
  /** Governance-mode Object Lock of what is published, in days; 0 is none. It can only be chosen when the bucket is made. */
  objectLockDays: count(0, 3650).default(0),
  /** Puts the function that runs Chromium into a network without a way out but to S3. */
  isolateRenderer: yesNo.default(false),
  /** An office's licensed fonts (static TrueType), as in the office's folder. */
  fonts: z.string().optional(),
});
export type StageConfig = z.infer<typeof stageSchema>;

/** Stages that are kept under version control, by name; `-c` adds to them and goes before them. Yours goes here. */
const stages: Readonly<Record<string, Record<string, unknown>>> = {
  /** For looking at what would be deployed: no account, no real address. */
  sample: { sender: "briefing@biaogan.example", alarms: "alarms@biaogan.example", firstPeriod: "2018-01" },
};

/** @param read an answer by name, undefined where none was given (CDK context)
 *  @throws Error naming every answer that is missing or wrong, and how to give it */
export function readStageConfig(read: (name: string) => unknown): StageConfig {
  const stage = read("stage");
  const kept = typeof stage === "string" ? stages[stage] : undefined;
  const given = Object.keys(stageSchema.shape).flatMap((name): [string, unknown][] => {
    const answer = read(name);
    return answer === undefined ? [] : [[name, answer]];
  });
  const answers = { ...kept, ...Object.fromEntries(given) };
  const parsed = stageSchema.safeParse(answers);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => {
    const name = path.join(".");
    return `  -c ${name}=…: ${name in answers ? message : "is missing"}`;
  });
  throw new Error(
    `the stage cannot be made from these answers:\n${faults.join("\n")}\nGive them on the line or keep them in infra/config.ts.`,
  );
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
