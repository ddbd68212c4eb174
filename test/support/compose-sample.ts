import { assessRegister } from "../../functions/core/assessment/assess-register.ts";
import { type Briefing, briefingSchema } from "../../functions/core/briefing/briefing.ts";
import { composeBriefing, type EarlierIssue } from "../../functions/core/briefing/compose-briefing.ts";
import type { Change } from "../../functions/core/compare-assessments.ts";
import { type Edition, parseEditions } from "../../functions/core/edition.ts";
import type { Translate } from "../../functions/core/local-text.ts";
import type { Register } from "../../functions/core/ports.ts";
import { showMessage } from "./register-builder.ts";

export interface SampleOptions {
  readonly asOf: string;
  /** As on the command line; `full-en` unless said otherwise. */
  readonly edition?: string;
  readonly translate?: Translate;
  readonly changes?: readonly Change[];
  readonly status?: Briefing["status"];
  /** Makes it the second revision. */
  readonly supersedes?: EarlierIssue;
}

/** Judges a register and composes one edition, checked against the schema.
 *  @returns undefined when there is nothing to say on the edition's subject */
export function composeIfAny(register: Register, options: SampleOptions): Briefing | undefined {
  const { asOf, translate = showMessage, changes = [], status = "issued", supersedes } = options;
  const edition = oneEdition(options.edition ?? "full-en", register);
  const briefing = composeBriefing({
    register,
    assessments: assessRegister(register, asOf, edition.locale, translate),
    edition,
    period: asOf.slice(0, 7),
    asOf,
    changes,
    since: "2017-12-31",
    run: `monthly-${asOf.slice(0, 7)}-r${supersedes ? 2 : 1}`,
    supersedes,
    registerDigest: "0".repeat(64),
    status,
    translate,
  });
  return briefing && briefingSchema.parse(briefing);
}

/** As {@link composeIfAny}, where there is something to say. */
export function composeSample(register: Register, options: SampleOptions): Briefing {
  const briefing = composeIfAny(register, options);
  if (!briefing) throw new Error(`${options.edition}: nothing to say`);
  return briefing;
}

function oneEdition(name: string, { office }: Register): Edition {
  const [edition, ...more] = parseEditions(name, office);
  if (!edition || more.length > 0) throw new Error(`${name} is not one edition`);
  return edition;
}
