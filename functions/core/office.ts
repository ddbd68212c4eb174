import { z } from "zod";
import { localeSchema, localTextSchema } from "./local-text.ts";
import { metricIdSchema } from "./metric.ts";

export const slugSchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "write a slug: small letters, digits and single hyphens");

const themeSchema = z.strictObject({
  id: slugSchema,
  name: localTextSchema,
  children: z.array(z.strictObject({ id: slugSchema, name: localTextSchema })).default([]),
});

const workingDaySchema = z.int().min(1).max(60);

/** When a month's figures are enough for its briefing. `check-readiness.ts` holds it together with the register. */
const readinessSchema = z.strictObject({
  /** The figures that are waited for, and the office that holds each, one of `owners`. */
  declared: z.array(z.strictObject({ metric: metricIdSchema, holder: slugSchema })).min(1),
  /** How many of them have to be there. */
  enough: z.int().min(1),
  /** The working day after the month's end on which they are looked for first, and the one on which the briefing goes out in any case. */
  firstCheck: workingDaySchema.default(2),
  cutOff: workingDaySchema.default(10),
});

/** The office that the folder belongs to: what nothing in code or templates may know. One `office.yaml` a folder. */
export const officeSchema = z.strictObject({
  id: slugSchema,
  name: localTextSchema,
  /** Printed as the masthead. */
  series: localTextSchema,
  /** Who answers for the briefing; for a demonstration, that it is none. */
  issuer: localTextSchema,
  /** Printed on page one; says what the briefing is not (for example: not an official document). */
  notice: localTextSchema.optional(),
  /** Fictional data are marked on every page. */
  fictional: z.boolean(),
  language: localeSchema,
  timeZone: z.string().min(1),
  /** `cn` are those of the State Council's calendar with its make-up days, `weekdays` Monday to Friday without exception. */
  workingDays: z.enum(["cn", "weekdays"]).default("weekdays"),
  /** The reference area of the office's own figures. */
  refArea: z.string().min(1),
  /** Month of the first issue, from which issues are numbered. */
  firstIssue: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "write a month as YYYY-MM"),
  areas: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        name: localTextSchema,
        /** Only places are compared with the office's own area. */
        kind: z.enum(["place", "organisation"]).default("place"),
        note: z.string().optional(),
      }),
    )
    .min(1),
  themes: z.array(themeSchema).min(1),
  owners: z
    .array(
      z.strictObject({
        id: slugSchema,
        name: localTextSchema,
        /** Whether a text says that this office is responsible, or the editor concluded it from the office's function. */
        basis: z.enum(["stated", "inferred"]),
      }),
    )
    .min(1),
  /** Printed at the foot: 报 (upwards), 送 (sideways), 发 (downwards). */
  distribution: z
    .strictObject({
      report: z.array(localTextSchema).default([]),
      send: z.array(localTextSchema).default([]),
      issue: z.array(localTextSchema).default([]),
    })
    .default({ report: [], send: [], issue: [] }),
  /** Without it every month is ready as soon as it is asked for. */
  readiness: readinessSchema.optional(),
});
export type Office = z.infer<typeof officeSchema>;
