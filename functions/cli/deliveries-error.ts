import type { ReportedMail, ReportedOutcome } from "../deliver-briefing/report-mail.ts";

/** How many are named on the terminal; the table and `--json` have all. */
const shown = 20;

/** Some readers have not got what they are due, or may not have. What was sent stays sent. */
export class DeliveriesError extends Error {
  override readonly name = "DeliveriesError";

  /** @param run monthly-2018-01-r1
   *  @param mails what became of every mail of the run */
  constructor(run: string, mails: readonly ReportedMail[]) {
    super(
      remedies(run)
        .flatMap(({ outcome, say }) => describe(mails, outcome, say))
        .join("\n"),
    );
  }
}

/** @returns whether somebody has to do something */
export function isUndelivered({ outcome }: ReportedMail): boolean {
  return remedies("").some((remedy) => remedy.outcome === outcome);
}

function remedies(run: string): { readonly outcome: ReportedOutcome; readonly say: string }[] {
  return [
    { outcome: "not sent", say: `not sent; remove the cause, then: biaogan deliver --run ${run} --failed-only` },
    { outcome: "not tried", say: `not tried; to send them: biaogan deliver --run ${run}` },
    { outcome: "suppressed", say: "not sent to an address that is not written to; once it is right again: biaogan subscriptions clear ID" },
    {
      outcome: "unknown",
      say: "may have been sent, and never sent a second time; look for the delivery (X-Biaogan-Delivery) in the mail server's log, or ask the reader",
    },
  ];
}

function describe(mails: readonly ReportedMail[], outcome: ReportedOutcome, say: string): string[] {
  const these = mails.filter((mail) => mail.outcome === outcome);
  if (these.length === 0) return [];
  const lines = these.slice(0, shown).map(({ recipient, edition, reason }) => `  ${recipient} ${edition}${reason ? `: ${reason}` : ""}`);
  const rest = these.length > shown ? [`  … and ${these.length - shown} more`] : [];
  return [`${these.length} ${say}`, ...lines, ...rest];
}
