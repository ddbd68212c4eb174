import type { Briefing } from "../core/briefing/briefing.ts";
import { subsectionNumber } from "./signs.ts";

/** A leader's page names no more of what is missing, which is four or five lines. */
const mostNamed = 5;

/** That an issue is provisional. A leader's page names what is missing in its banner; other editions have a list in the section on what
 *  cannot be judged, as its first part.
 *  @param section where that section stands, from 0
 *  @returns null when the issue is not provisional */
export function presentProvisional({ provisional, scope, locale }: Briefing, section: number) {
  if (!provisional) return null;
  const named = scope === "one-page" ? provisional.missing.slice(0, mostNamed) : [];
  return {
    ...provisional,
    named,
    more: provisional.missing.length - named.length,
    number: scope === "one-page" ? "" : subsectionNumber(section, 0, locale),
  };
}
