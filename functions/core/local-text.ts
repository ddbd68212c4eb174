import { z } from "zod";

/** The languages an edition can be printed in (BCP 47). */
export const localeSchema = z.enum(["zh-CN", "en"]);
export type Locale = z.infer<typeof localeSchema>;

/** The same short text in one language or more; what is missing falls back to what is there. */
export const localTextSchema = z
  .strictObject(
    { "zh-CN": z.string().min(1).optional(), en: z.string().min(1).optional() },
    { error: ({ code }) => (code === "invalid_type" ? "write it by language: { zh-CN: …, en: … }, one of them or both" : undefined) },
  )
  .refine((text) => text["zh-CN"] !== undefined || text.en !== undefined, "write the text in zh-CN, en or both");
export type LocalText = z.infer<typeof localTextSchema>;

/** @returns the text in `locale`, else in the other language. */
export function textIn(text: LocalText, locale: Locale): string {
  return text[locale] ?? text["zh-CN"] ?? text.en ?? "";
}

/** A sentence before it has a language: a key of `templates/locales/*.json` and what fills its slots. */
export interface Message {
  readonly id: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Turns a message into a sentence of one language. Built by the locale adapter, handed to whoever composes text. */
export type Translate = (message: Message) => string;
