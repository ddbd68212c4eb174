import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { IntlMessageFormat } from "intl-messageformat";
import { z } from "zod";
import type { Locale, Translate } from "../../core/local-text.ts";

const messagesSchema = z.record(z.string(), z.string());

/** Reads `locales/<locale>.json` (ICU MessageFormat, one flat object).
 *  @returns a function that turns a message into a sentence
 *  @throws Error naming file and key: for a file that is not JSON, a key that is not there, a malformed message, a slot that nothing fills */
export async function loadMessages(templatesDir: string, locale: Locale): Promise<Translate> {
  const file = join(templatesDir, "locales", `${locale}.json`);
  const messages = parseMessages(await readFile(file, "utf8"), file);
  const formats = new Map<string, IntlMessageFormat>();
  return ({ id, values }) => {
    const format = formats.get(id) ?? parseMessage(messages, id, locale, file);
    formats.set(id, format);
    try {
      return String(format.format(values));
    } catch (cause) {
      throw new Error(`${file} ${id}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  };
}

/** Reads the messages of every language. @throws as `loadMessages` */
export async function loadAllMessages(templatesDir: string): Promise<Readonly<Record<Locale, Translate>>> {
  return { "zh-CN": await loadMessages(templatesDir, "zh-CN"), en: await loadMessages(templatesDir, "en") };
}

function parseMessages(text: string, file: string): z.infer<typeof messagesSchema> {
  try {
    return messagesSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${file}: is not one flat JSON object of texts: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function parseMessage(messages: Readonly<Record<string, string>>, id: string, locale: Locale, file: string): IntlMessageFormat {
  const text = messages[id];
  if (text === undefined) throw new Error(`${file}: there is no message "${id}"; add it in every language`);
  try {
    // Texts hold no markup: a "<" is a comparator.
    return new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
  } catch (cause) {
    throw new Error(`${file} ${id}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
