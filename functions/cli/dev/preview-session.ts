import { type FontFace, listFaces } from "../../adapters/fonts/list-faces.ts";
import { readOfficeFolder } from "../../adapters/office-folder/office-folder.ts";
import { rememberYaml } from "../../adapters/office-folder/yaml-with-lines.ts";
import { loadTemplates, type Templates } from "../../adapters/templates/handlebars-templates.ts";
import { loadAllMessages } from "../../adapters/templates/locale-messages.ts";
import type { Briefing } from "../../core/briefing/briefing.ts";
import type { Edition } from "../../core/edition.ts";
import type { Locale, Translate } from "../../core/local-text.ts";
import type { Register } from "../../core/ports.ts";
import { inReadingOrder } from "../../core/register-order.ts";
import type { JudgedByLocale } from "../../plan-run/compose-editions.ts";
import { composeDrafts } from "../../plan-run/plan-run.ts";
import { layOutBriefing } from "../../render-briefing/print-briefing.ts";
import { officeFonts } from "../workplace.ts";
import { once, Shelf } from "./remember.ts";

/** What changed on disk. */
export type Change = "data" | "fonts" | "templates" | "locales";

/** What is to be shown. */
export interface Wanted {
  readonly edition: Edition;
  /** YYYY-MM */
  readonly period: string;
  /** YYYY-MM-DD */
  readonly asOf: string;
}

export interface PreviewSessionDeps {
  readonly dataDir: string;
  readonly templatesDir: string;
  /** Those of the program, which stay as they are. */
  readonly shippedFaces: readonly FontFace[];
  readonly digest: (text: string) => string;
  readonly print: (briefing: Briefing, templates: Templates, signal: AbortSignal) => Promise<Uint8Array>;
}

/** Nothing had been said on an edition's subject by then. */
export class NothingSaidError extends Error {
  override readonly name = "NothingSaidError";
}

/** The preview ended, or things changed faster than a document can be printed. */
export class SupersededError extends Error {
  override readonly name = "SupersededError";
}

/** So often a document is begun again because something changed meanwhile. */
const mostAttempts = 20;

/** The office's folder and the templates as they lie on disk, and what is made of them. Each thing is made when it is asked for and kept
 *  until something changes that it was made from. */
export interface PreviewSession {
  /** @throws InputError when the folder is not right */
  register(): Promise<Register>;
  templates(): Promise<Templates>;
  /** What a page is set in on the screen: the faces that a document is printed in, the office's own last, so that they go first. */
  faces(): Promise<readonly FontFace[]>;
  /** The last ones that were right: the page around the preview lives on while something is broken. */
  lastGood(): Promise<Readonly<LastGood>>;
  /** @returns the page as it is printed. @throws InputError, NothingSaidError; Error for a template or a locale that is not right */
  html(wanted: Wanted): Promise<string>;
  /** @throws as html; what printing throws; SupersededError */
  pdf(wanted: Wanted): Promise<{ readonly briefing: Briefing; readonly document: Uint8Array }>;
  forget(changes: ReadonlySet<Change>): void;
  /** Stops what is being printed. */
  close(): void;
}

interface LastGood {
  register: Register | undefined;
  templates: Templates | undefined;
}

export function openPreviewSession(deps: PreviewSessionDeps): PreviewSession {
  const parse = rememberYaml();
  const last: LastGood = { register: undefined, templates: undefined };
  let made = begin(deps, parse, last);
  let closed = false;
  return {
    register: () => made.register(),
    templates: () => made.templates(),
    faces: () => made.faces(),
    async lastGood() {
      await Promise.allSettled([made.register(), made.templates()]);
      return last;
    },
    async html(wanted) {
      const now = made;
      return layOutBriefing(await compose(now, wanted, deps), await now.templates());
    },
    async pdf(wanted) {
      for (let attempt = 0; attempt < mostAttempts && !closed; attempt += 1) {
        const now = made;
        try {
          return await print(now, wanted, deps);
        } catch (error) {
          if (!now.over.signal.aborted) throw error;
        }
      }
      throw new SupersededError("the printing was stopped; ask again");
    },
    forget(changes) {
      made.over.abort();
      made = begin(deps, parse, last, { made, changes });
    },
    close() {
      closed = true;
      made.over.abort();
    },
  };
}

/** Everything made from one state of the disk. A new state gets a new one, so that nothing slow can put old things among new ones. */
interface Made {
  readonly register: () => Promise<Register>;
  readonly messages: () => Promise<Readonly<Record<Locale, Translate>>>;
  readonly templates: () => Promise<Templates>;
  readonly faces: () => Promise<readonly FontFace[]>;
  /** By period and day. */
  readonly composed: Shelf<{ readonly judged: JudgedByLocale; readonly briefings: Map<string, Briefing | undefined> }>;
  readonly documents: Shelf<() => Promise<Uint8Array>>;
  /** Aborted when the disk has changed. */
  readonly over: AbortController;
}

function begin(
  { dataDir, templatesDir, shippedFaces }: PreviewSessionDeps,
  parse: ReturnType<typeof rememberYaml>,
  last: LastGood,
  before?: { readonly made: Made; readonly changes: ReadonlySet<Change> },
): Made {
  const keep = <K extends keyof Made>(name: K, made: Made[K], ...madeFrom: Change[]) =>
    before && !madeFrom.some((change) => before.changes.has(change)) ? before.made[name] : made;
  const register = once(async () => {
    last.register = inReadingOrder(await readOfficeFolder(dataDir, undefined, parse));
    return last.register;
  });
  const templates = once(async () => {
    last.templates = await loadTemplates(templatesDir);
    return last.templates;
  });
  const messages = once(() => loadAllMessages(templatesDir));
  const faces = once(async () => {
    const own = officeFonts(dataDir);
    return own === undefined ? shippedFaces : [...shippedFaces, ...(await listFaces([own]))];
  });
  return {
    register: keep("register", register, "data"),
    messages: keep("messages", messages, "locales"),
    templates: keep("templates", templates, "templates", "locales"),
    faces: keep("faces", faces, "fonts"),
    composed: keep("composed", new Shelf(12), "data", "locales"),
    documents: new Shelf(8),
    over: new AbortController(),
  };
}

async function print(made: Made, wanted: Wanted, deps: PreviewSessionDeps): Promise<{ briefing: Briefing; document: Uint8Array }> {
  const briefing = await compose(made, wanted, deps);
  const work = once(async () => deps.print(briefing, await made.templates(), made.over.signal));
  return { briefing, document: await made.documents.take(keyOf(wanted), () => work)() };
}

async function compose(made: Made, wanted: Wanted, { digest }: PreviewSessionDeps): Promise<Briefing> {
  const { edition, period, asOf } = wanted;
  const [register, messages] = [await made.register(), await made.messages()];
  const { judged, briefings } = made.composed.take(`${period} ${asOf}`, () => ({ judged: new Map(), briefings: new Map() }));
  if (!briefings.has(edition.id)) {
    const input = { series: "monthly", period, asOf, editions: [edition] };
    briefings.set(edition.id, composeDrafts(register, input, { messages, digest }, judged).composed[0]?.briefing);
  }
  const briefing = briefings.get(edition.id);
  if (briefing) return briefing;
  throw new NothingSaidError(`${edition.id}: nothing had been said on this subject by ${asOf}`);
}

function keyOf({ edition, period, asOf }: Wanted): string {
  return `${edition.id} ${period} ${asOf}`;
}
