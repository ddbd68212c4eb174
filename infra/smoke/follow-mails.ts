import { setTimeout as wait } from "node:timers/promises";
import type { RunId } from "../../functions/core/briefing-keys.ts";
import type { Delivery, DeliveryState } from "../../functions/core/delivery.ts";
import type { DeliveryLedger } from "../../functions/core/ports.ts";
import type { Patience } from "./run-month.ts";
import { SmokeFailure } from "./smoke-step.ts";

/** What SES's simulator does with the mail of each reader of the sample. */
const fates: Readonly<Record<string, DeliveryState>> = {
  "smoke-success": "DELIVERED",
  "smoke-bounce": "BOUNCED",
  "smoke-complaint": "COMPLAINED",
};

/** Waits until the ledger says of each reader's mail what the simulator did with it.
 *  @throws SmokeFailure with what it says instead, when time is up or a mail was not even taken */
export async function followMails(
  ledger: DeliveryLedger,
  run: RunId,
  { minutes, pollMs }: Patience,
  say: (detail: string) => void,
): Promise<string> {
  const deadline = performance.now() + minutes * 60_000;
  for (;;) {
    const { deliveries } = await ledger.ofRun(run);
    const told = Object.entries(fates).map(([reader, fate]) => ({
      reader,
      fate,
      mails: deliveries.filter(({ recipient }) => recipient === reader),
    }));
    const isOver = told.every(({ fate, mails }) => mails.length > 0 && mails.every(({ state }) => state === fate));
    if (isOver) return told.map(({ reader, fate }) => `${reader} ${fate}`).join(", ");
    const states = told.map(({ reader, mails }) => `${reader} ${describeMails(mails)}`).join(", ");
    if (told.some(({ mails }) => mails.length === 0)) {
      const advice = "the sample's readers take the full edition: run it on a stage whose editions (infra/config.ts) have it";
      throw new SmokeFailure(`the run is over, and a reader has no mail: ${states}`, advice);
    }
    if (deliveries.some(({ state }) => state === "REJECTED")) {
      throw new SmokeFailure(`SES did not take a mail: ${states}`, 'the ledger\'s row says why; infra/RUNBOOK.md, "Mails were not sent"');
    }
    if (performance.now() >= deadline) {
      const advice =
        "look at the log of mail-events and at the queue DeadLetters; the configuration set must tell EventBridge its events, and the rule pass them on";
      throw new SmokeFailure(`after ${minutes} minutes the ledger says: ${states}`, advice);
    }
    say(`${states}; SES tells of each within minutes`);
    await wait(pollMs);
  }
}

function describeMails(mails: readonly Delivery[]): string {
  return mails.length === 0 ? "without a mail" : mails.map(({ state, reason }) => (reason ? `${state} (${reason})` : state)).join(" and ");
}
