import { assessRegister } from "../core/assessment/assess-register.ts";
import type { Briefing } from "../core/briefing/briefing.ts";
import { composeBriefing, type EarlierIssue } from "../core/briefing/compose-briefing.ts";
import { endOfPreviousMonth } from "../core/calendar.ts";
import { type Change, compareAssessments } from "../core/compare-assessments.ts";
import type { Edition } from "../core/edition.ts";
import type { Locale, Translate } from "../core/local-text.ts";
import type { Register } from "../core/ports.ts";
import { asKnownAt } from "../core/register-order.ts";

/** What is to be composed. */
export interface ComposeEditionsInput {
  /** Everything on record, of all days, in reading order. */
  readonly everything: Register;
  /** YYYY-MM */
  readonly period: string;
  /** YYYY-MM-DD; nothing that became known later is used. */
  readonly asOf: string;
  readonly editions: readonly Edition[];
  readonly run: string;
  readonly status: Briefing["status"];
  /** SHA-256 of the register as it was known at `asOf`. */
  readonly registerDigest: string;
  /** Edition id → the issue that it takes the place of. */
  readonly supersedes?: ReadonlyMap<string, EarlierIssue>;
}

/** One model an edition, and the editions of which nothing had been said by then. */
export interface ComposedEditions {
  readonly composed: readonly { readonly edition: Edition; readonly briefing: Briefing }[];
  readonly empty: readonly Edition[];
}

/** What was found of a register on a day and how that differs from the month before, by language. */
export type JudgedByLocale = Map<Locale, ReturnType<typeof judgeTwice>>;

/** Judges every commitment once a language, compares with the end of the month before, and composes each edition.
 *  @param judged kept between calls for the same register, period, day and messages, it spares judging again for another edition */
export function composeEditions(
  input: ComposeEditionsInput,
  messages: Readonly<Record<Locale, Translate>>,
  judged: JudgedByLocale = new Map(),
): ComposedEditions {
  const { everything, period, asOf, editions, run, status, registerDigest, supersedes } = input;
  const register = asKnownAt(everything, asOf);
  const since = endOfPreviousMonth(period);
  const composed = editions.map((edition) => {
    const { locale } = edition;
    const translate = messages[locale];
    const found = judged.get(locale) ?? judgeTwice(everything, { asOf, since, locale, translate });
    judged.set(locale, found);
    const named = { run, status, registerDigest, supersedes: supersedes?.get(edition.id) };
    const briefing = composeBriefing({ ...found, ...named, register, edition, period, asOf, since, translate });
    return { edition, briefing };
  });
  return {
    composed: composed.flatMap(({ edition, briefing }) => (briefing ? [{ edition, briefing }] : [])),
    empty: composed.filter((c) => c.briefing === undefined).map((c) => c.edition),
  };
}

interface TwoDays {
  readonly asOf: string;
  readonly since: string;
  readonly locale: Locale;
  readonly translate: Translate;
}

/** What is found on the day, and how that differs from what was found on the earlier one. */
function judgeTwice(everything: Register, { asOf, since, locale, translate }: TwoDays): { assessments: Assessments; changes: Change[] } {
  const [register, earlier] = [asKnownAt(everything, asOf), asKnownAt(everything, since)];
  const judge = (known: Register, day: string) => assessRegister(known, day, locale, translate);
  const assessments = judge(register, asOf);
  const changes = compareAssessments(judge(earlier, since), assessments, {
    locale,
    translate,
    registers: { before: earlier, after: register },
    timeAlone: () => judge(earlier, asOf),
  });
  return { assessments, changes };
}

type Assessments = ReturnType<typeof assessRegister>;
