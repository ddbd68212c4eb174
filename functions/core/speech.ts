import { z } from "zod";
import { isoDateSchema } from "./calendar.ts";
import { localTextSchema } from "./local-text.ts";
import { slugSchema } from "./office.ts";

/** What is known of an immutable text. `speeches/<id>.yaml`; the text itself is `speeches/<id>.txt`, byte for byte as received. */
export const speechSchema = z.strictObject({
  id: slugSchema,
  title: localTextSchema,
  form: z.enum(["interview", "news-report", "speech"]),
  speaker: z.strictObject({ name: localTextSchema, office: localTextSchema }),
  date: z.strictObject({
    value: isoDateSchema,
    /** What happened on that day: an interview's publication is not the interview. */
    of: z.enum(["delivery", "publication"]),
    basis: z.enum(["stated", "inferred"]),
    /** Why, for whatever part of the date no text states. */
    reasons: z.array(z.string().min(1)).default([]),
  }),
  source: z.strictObject({ title: z.string().min(1), url: z.string().optional(), note: z.string().optional() }),
  /** Of the text file's bytes; a text that changes is another text. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "write the SHA-256 as 64 hexadecimal digits"),
  /** What else is stated and what is inferred. */
  notes: z.array(z.string().min(1)).default([]),
});
export type Speech = z.infer<typeof speechSchema>;

/** @returns a problem when `quote` is not exactly what stands at the offsets (UTF-16 code units, end exclusive). */
export function quoteMismatch(text: string, quote: string, start: number, end: number): string | undefined {
  const found = text.slice(start, end);
  if (found === quote) return undefined;
  const elsewhere = text.indexOf(quote);
  if (elsewhere < 0) return `the speech does not contain these exact words: ${quote}`;
  return `the words stand at ${elsewhere}–${elsewhere + quote.length}, not at ${start}–${end} (there: ${found.slice(0, 40)})`;
}
