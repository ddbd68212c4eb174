import type { Briefing } from "./briefing.ts";

/** The name under which a document lies on somebody's desk or in a mail: says by itself what it is. */
export function documentName({ office, run, edition }: Briefing): string {
  return `${office.id}-${run}-${edition}.pdf`;
}
