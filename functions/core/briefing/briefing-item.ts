import { z } from "zod";
import { signalSchema, verdictSchema } from "../assessment/assessment.ts";
import { kindSchema } from "../commitment.ts";
import { localeSchema } from "../local-text.ts";

/** One commitment as printed. Everything is a finished word of the edition's language; templates only place it. */
export const itemSchema = z.strictObject({
  commitmentId: z.string(),
  title: z.string(),
  /** In the language in which it was said, byte for byte. */
  quote: z.string(),
  /** In which language it was said. */
  quoteLanguage: localeSchema,
  /** What it means in the edition's language, marked as a translation, or that none is on record; absent where that is the office's own. */
  quoteTranslation: z.string().optional(),
  /** Who said it and how it was meant: 朱立凡 · 预测. */
  said: z.string(),
  kind: kindSchema,
  kindName: z.string(),
  verdict: verdictSchema,
  verdictName: z.string(),
  signal: signalSchema,
  signalName: z.string(),
  /** An entry of the briefing's methods; `none` for what is not scored. */
  method: z.string(),
  methodName: z.string(),
  formula: z.string(),
  explanation: z.string(),
  /** Numbers of the sources that the explanation rests on, ascending. */
  sources: z.array(z.int().positive()),
  /** Statements that are on record but do not move this verdict, each with its source's number. */
  alsoKnown: z.array(z.strictObject({ statement: z.string(), source: z.int().positive() })),
  /** That the figure behind a verdict on the present is an old one. */
  staleNote: z.string().optional(),
  owner: z.string(),
  members: z.string().optional(),
  note: z.string().optional(),
});
export type BriefingItem = z.infer<typeof itemSchema>;
