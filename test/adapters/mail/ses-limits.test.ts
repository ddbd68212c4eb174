import { afterAll, beforeAll, expect, it } from "vitest";
import { createSesLimits } from "../../../functions/adapters/mail/ses-limits.ts";
import { MailThrottledError } from "../../../functions/core/errors.ts";
import { type SesServer, startSesServer } from "../../support/ses-server.ts";

let ses: SesServer;
beforeAll(async () => {
  ses = await startSesServer();
});
afterAll(() => ses.close());

const read = () =>
  createSesLimits({ endpoint: ses.endpoint, region: "eu-west-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } })();
const answer = (SendQuota: object) => {
  ses.answer = { status: 200, body: JSON.stringify({ ProductionAccessEnabled: false, SendQuota }) };
};

it("reads what the account may send and has sent", async () => {
  answer({ Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 17 });
  expect(await read()).toEqual({ perSecond: 1, perDay: 200, sentLastDay: 17 });
  expect(ses.received.at(-1)?.path).toBe("/v2/email/account");
});

it("takes -1 for no limit a day, as SES means it", async () => {
  answer({ Max24HourSend: -1, MaxSendRate: 14, SentLast24Hours: 0 });
  expect(await read()).toEqual({ perSecond: 14, sentLastDay: 0 });
});

it.each([
  ["refuses", { error: "AccessDeniedException", status: 403 }, /AccessDeniedException/],
  ["breaks the line", "break before", /ECONNRESET|socket hang up/],
  ["leaves them out", { status: 200, body: "{}" }, /SES does not say/],
] as const)("says that nothing was sent, and why, where SES %s", async (_, told, reason) => {
  ses.answer = told;
  const failure: unknown = await read().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(MailThrottledError);
  expect(String(failure)).toMatch(reason);
});
