import { z } from "zod";
import { localeSchema, localTextSchema } from "./local-text.ts";

export const slugSchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "write a slug: small letters, digits and single hyphens");

const themeSchema = z.strictObject({
  id: slugSchema,
  name: localTextSchema,
  children: z.array(z.strictObject({ id: slugSchema, name: localTextSchema })).default([]),
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
});
export type Office = z.infer<typeof officeSchema>;
