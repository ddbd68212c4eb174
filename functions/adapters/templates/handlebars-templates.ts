import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import Handlebars from "handlebars";
import type { Locale, Translate } from "../../core/local-text.ts";
import { loadMessages } from "./locale-messages.ts";

/** The templates of one folder, compiled once and for all. */
export interface Templates {
  /** @param name a template's path without ending, for example `briefing/full`
   *  @param view everything the template names; strict templates throw where a field is absent
   *  @throws Error naming the template and the partial in it, when it does not exist or asks for what the view has not */
  render(name: string, view: object, locale: Locale): string;
}

// A template may loop, choose by presence and translate; every other helper is unknown to it.
const options = { strict: true, knownHelpersOnly: true, knownHelpers: { t: true } } as const;

/** Reads and compiles every template, partial and style sheet of the folder. Prototype access stays off (Handlebars' default). */
export async function loadTemplates(dir: string): Promise<Templates> {
  const messages = new Map<Locale, Translate>();
  for (const locale of ["zh-CN", "en"] as const) messages.set(locale, await loadMessages(dir, locale));
  const compiled = new Map<string, HandlebarsTemplateDelegate>();
  const partials: Record<string, HandlebarsTemplateDelegate> = {};
  for (const file of (await readdir(dir, { recursive: true })).toSorted()) {
    if (!/\.(hbs|css)$/.test(file)) continue;
    const name = file.replace(/\.(hbs|css)$/, "");
    // In plain text nothing is markup.
    const noEscape = name.endsWith(".txt");
    const template = Handlebars.create().compile(await readFile(join(dir, file), "utf8"), { ...options, noEscape });
    if (name.startsWith("partials/") || name.startsWith("styles/")) partials[name] = namingItself(name, template);
    else compiled.set(name, template);
  }
  return {
    render(name, view, locale) {
      const template = compiled.get(name);
      const translate = messages.get(locale);
      if (!template || !translate) throw new Error(`there is no template ${name} for ${locale} in ${dir}`);
      const t = (id: string, call: Handlebars.HelperOptions) => translate({ id, values: call.hash });
      try {
        return template(view, { partials, helpers: { t } });
      } catch (cause) {
        throw new Error(`template ${name} (${locale}): ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      }
    },
  };
}

/** Handlebars tells the line of what went wrong, but not in which partial. */
class PartialError extends Error {
  override readonly name = "PartialError";
}

function namingItself(name: string, template: HandlebarsTemplateDelegate): HandlebarsTemplateDelegate {
  return (view, call) => {
    try {
      return template(view, call);
    } catch (cause) {
      // The innermost names itself, those around it are the way to it.
      if (cause instanceof PartialError) throw cause;
      throw new PartialError(`in ${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  };
}
