import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDynamoDeliveryLedger } from "../../functions/adapters/dynamo/dynamo-delivery-ledger.ts";
import { createDynamoSuppressionList } from "../../functions/adapters/dynamo/dynamo-suppression-list.ts";
import { InputError, StoreError } from "../../functions/core/errors.ts";
import type { DeliveryLedger, SuppressionList } from "../../functions/core/ports.ts";
import { recordMailEvent } from "../../functions/mail-events/record-mail-event.ts";
import { type EmbeddedTables, startEmbeddedTables } from "../support/embedded-table.ts";

const key = { series: "monthly", period: "2026-06", revision: 1, edition: "full-en", recipient: "mayor" };
const delivery = "monthly_2026-06_r1_full-en_mayor";

let tables: EmbeddedTables;
let ledger: DeliveryLedger;
let suppressions: SuppressionList;
beforeAll(async () => {
  tables = await startEmbeddedTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  const tableName = await tables.newTable();
  ledger = createDynamoDeliveryLedger(tables.client, tableName);
  suppressions = createDynamoSuppressionList(tables.client, tableName);
  await ledger.move(key, { type: "claim", claim: "a", at: "2026-07-03T01:00:00.000Z" });
});

/** After the examples of SES's developer guide, "Examples of event data that Amazon SES publishes to Amazon SNS". */
const mail = {
  timestamp: "2026-07-03T01:00:01.500Z",
  source: "briefing@harbourton.example",
  sourceArn: "arn:aws:ses:eu-west-1:123456789012:identity/briefing@harbourton.example",
  sendingAccountId: "123456789012",
  messageId: "EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000",
  destination: ["Mayor@harbourton.example"],
  headersTruncated: false,
  headers: [{ name: "Subject", value: "Briefing" }],
  commonHeaders: { subject: "Briefing" },
  tags: {
    "ses:configuration-set": ["biaogan-test"],
    "ses:source-ip": ["192.0.2.0"],
    delivery: [delivery],
  },
};
const events = {
  Send: { eventType: "Send", mail, send: {} },
  Delivery: {
    eventType: "Delivery",
    mail,
    delivery: {
      timestamp: "2026-07-03T01:00:04.123Z",
      processingTimeMillis: 2623,
      recipients: ["mayor@harbourton.example"],
      smtpResponse: "250 2.6.0 Message received",
      remoteMtaIp: "192.0.2.1",
    },
  },
  Bounce: {
    eventType: "Bounce",
    mail,
    bounce: {
      bounceType: "Permanent",
      bounceSubType: "General",
      bouncedRecipients: [
        {
          emailAddress: "mayor@harbourton.example",
          action: "failed",
          status: "5.1.1",
          diagnosticCode: "smtp; 550 5.1.1 <mayor@harbourton.example>: user unknown",
        },
      ],
      timestamp: "2026-07-03T01:00:05.000Z",
      feedbackId: "01000157c44f053b",
      reportingMTA: "dsn; mta.example.com",
    },
  },
  Complaint: {
    eventType: "Complaint",
    mail,
    complaint: {
      complainedRecipients: [{ emailAddress: "mayor@harbourton.example" }],
      timestamp: "2026-07-04T09:30:00.000+08:00",
      feedbackId: "01000157c44f053b",
      userAgent: "Any mail program",
      complaintFeedbackType: "abuse",
    },
  },
  Reject: { eventType: "Reject", mail, reject: { reason: "Bad content" } },
  DeliveryDelay: {
    eventType: "DeliveryDelay",
    mail,
    deliveryDelay: {
      timestamp: "2026-07-03T01:10:00.000Z",
      delayType: "MailboxFull",
      expirationTime: "2026-07-03T15:00:00.000Z",
      delayedRecipients: [{ emailAddress: "mayor@harbourton.example", status: "4.2.2", diagnosticCode: "smtp; 452 4.2.2 full" }],
    },
  },
} as const;

const record = (event: unknown) => recordMailEvent(event, { ledger, suppressions });

describe("what SES tells of a mail", () => {
  it.each([
    ["Send", { state: "ACCEPTED", changedAt: "2026-07-03T01:00:01.500Z" }],
    ["DeliveryDelay", { state: "ACCEPTED", changedAt: "2026-07-03T01:10:00.000Z", reason: "MailboxFull" }],
    ["Reject", { state: "REJECTED", changedAt: "2026-07-03T01:00:01.500Z", reason: "Bad content" }],
    ["Delivery", { state: "DELIVERED", changedAt: "2026-07-03T01:00:04.123Z" }],
    [
      "Bounce",
      {
        state: "BOUNCED",
        changedAt: "2026-07-03T01:00:05.000Z",
        reason: "Permanent, General, smtp; 550 5.1.1 <the recipient>: user unknown",
      },
    ],
    // In UTC, whatever offset it came with.
    ["Complaint", { state: "COMPLAINED", changedAt: "2026-07-04T01:30:00.000Z", reason: "abuse" }],
  ] as const)("by %s is on record with its time and reason, and without an address", async (type, expected) => {
    expect(await record(events[type])).toEqual({ outcome: "moved", delivery, state: expected.state });
    const row = await ledger.get(key);
    expect(row).toMatchObject({ ...expected, messageId: mail.messageId });
    expect(JSON.stringify(row)).not.toContain("@");
  });

  it("twice is once", async () => {
    await record(events.Delivery);
    expect(await record(events.Delivery)).toEqual({ outcome: "unchanged", delivery, state: "DELIVERED" });
    expect(await record(events.Send)).toEqual({ outcome: "unchanged", delivery, state: "DELIVERED" });
  });

  it("settles a mail whose answer was lost", async () => {
    await ledger.move(key, { type: "lost", claim: "a", reason: "timeout", at: "2026-07-03T01:00:30.000Z" });
    expect(await record(events.Delivery)).toEqual({ outcome: "moved", delivery, state: "DELIVERED" });
  });

  it("of a second mail for the same delivery is refused and says which", async () => {
    await record(events.Send);
    const second = { ...events.Delivery, mail: { ...mail, messageId: "second" } };
    expect(await record(second)).toMatchObject({
      outcome: "refused",
      state: "ACCEPTED",
      reason: expect.stringContaining("a second mail, second"),
    });
  });

  it("with fields that there were not when this was written is read all the same", async () => {
    const bounce = { ...events.Bounce.bounce, bounceSubType: undefined, bouncedRecipients: undefined, somethingNew: [1] };
    expect(await record({ ...events.Bounce, bounce, somethingNew: {} })).toMatchObject({ state: "BOUNCED" });
    expect(await ledger.get(key)).toMatchObject({ reason: "Permanent" });
  });

  it("at great length is kept in short", async () => {
    const bouncedRecipients = [{ diagnosticCode: "x".repeat(5000) }];
    await record({ ...events.Bounce, bounce: { ...events.Bounce.bounce, bouncedRecipients } });
    expect((await ledger.get(key))?.reason).toHaveLength(300);
  });
});

describe("the address of a mail", () => {
  const bounce = (bounceType: string) => ({ ...events.Bounce, bounce: { ...events.Bounce.bounce, bounceType } });
  const complaint = (complaintFeedbackType: string | null) => ({
    ...events.Complaint,
    complaint: { ...events.Complaint.complaint, complaintFeedbackType },
  });

  it("that came back for good is suppressed, in lower case, with the mail, the time and a reason without an address", async () => {
    await record(events.Bounce);
    expect(await suppressions.list()).toEqual([
      {
        address: "mayor@harbourton.example",
        cause: "bounced",
        reason: "Permanent, General, smtp; 550 5.1.1 <the recipient>: user unknown",
        since: "2026-07-03T01:00:05.000Z",
        delivery,
      },
    ]);
  });

  it("that was complained of is suppressed for that, whatever else comes before or after", async () => {
    await record(events.Bounce);
    await record(events.Complaint);
    await record(events.Bounce);
    expect(await suppressions.list()).toMatchObject([{ cause: "complained", reason: "abuse", since: "2026-07-04T01:30:00.000Z" }]);
  });

  it.each([
    ["came back for a time", bounce("Transient")],
    ["came back for a reason that SES could not read", bounce("Undetermined")],
    ["was reported as no spam", complaint("not-spam")],
    ["is only late", events.DeliveryDelay],
    ["SES threw away", events.Reject],
    ["arrived", events.Delivery],
  ])("that %s is not suppressed", async (_, event) => {
    await record(event);
    expect(await suppressions.list()).toEqual([]);
  });

  it("is suppressed by a complaint that says nothing of its kind", async () => {
    await record(complaint(null));
    expect(await suppressions.list()).toMatchObject([{ cause: "complained", reason: "" }]);
  });

  it("is the one that the mail was sent to, where who bounced is another to whom it was passed on", async () => {
    const bouncedRecipients = [{ emailAddress: "deputy@elsewhere.example", diagnosticCode: "550" }];
    await record({ ...events.Bounce, bounce: { ...events.Bounce.bounce, bouncedRecipients } });
    expect(await suppressions.list()).toMatchObject([{ address: "mayor@harbourton.example" }]);
  });

  it("is not suppressed for a mail that is none of the ledger's", async () => {
    await record({ ...events.Bounce, mail: { ...mail, tags: {} } });
    await record({ ...events.Bounce, mail: { ...mail, tags: { delivery: [delivery.replace("mayor", "nobody")] } } });
    expect(await suppressions.list()).toEqual([]);
  });

  it("that a person cleared is not suppressed by what comes late of a time before, and is by what happens after", async () => {
    await record(events.Bounce);
    await suppressions.clear("mayor@harbourton.example", "2026-07-03T09:00:00.000Z");
    await record(events.Bounce);
    expect(await suppressions.list()).toEqual([]);
    await record(events.Complaint);
    expect(await suppressions.list()).toMatchObject([{ cause: "complained" }]);
  });

  it("is suppressed by the event that is given again after the list could not be written", async () => {
    const failing = { add: () => Promise.reject(new StoreError("no database")) };
    await expect(recordMailEvent(events.Bounce, { ledger, suppressions: failing })).rejects.toThrow(StoreError);
    expect(await record(events.Bounce)).toMatchObject({ outcome: "unchanged", state: "BOUNCED" });
    expect(await suppressions.list()).toMatchObject([{ cause: "bounced" }]);
  });
});

describe("an event that is none of the ledger's", () => {
  it.each([
    ["carries no tag of ours", { ...mail, tags: { campaign: ["spring"] } }, /no tag/],
    ["carries no tags at all", { ...mail, tags: undefined }, /no tag/],
    ["carries a tag that is no delivery's id", { ...mail, tags: { delivery: ["a/b"] } }, /"a\/b", which is no delivery's id/],
    ["is of a delivery that was never claimed", { ...mail, tags: { delivery: [delivery.replace("mayor", "nobody")] } }, /no row/],
  ])("because its mail %s is reported with the mail's id, and nothing is written", async (_, other, reason) => {
    expect(await record({ ...events.Delivery, mail: other })).toEqual({
      outcome: "unknown delivery",
      messageId: mail.messageId,
      reason: expect.stringMatching(reason),
    });
    expect((await ledger.ofRun(key)).deliveries.map((d) => d.state)).toEqual(["SENDING"]);
  });

  it.each(["Open", "Click", "Rendering Failure", "Subscription"])("because %s says nothing of arrival is named", async (eventType) => {
    expect(await record({ eventType, mail })).toEqual({ outcome: "not concerned", eventType });
  });

  it.each([
    ["nothing", undefined],
    ["a text", JSON.stringify(events.Send)],
    ["an envelope", { Type: "Notification", Message: JSON.stringify(events.Send) }],
    ["a kind that SES does not know", { eventType: "Sent", mail }],
    ["an event without a mail", { eventType: "Send" }],
    ["a delivery without its time", { ...events.Delivery, delivery: {} }],
    ["a time that is none", { ...events.Delivery, delivery: { timestamp: "yesterday" } }],
    ["a mail without an id", { ...events.Send, mail: { ...mail, messageId: "" } }],
  ])("because it is %s is an error", async (_, event) => {
    await expect(record(event)).rejects.toThrow(InputError);
    expect(await ledger.get(key)).toMatchObject({ state: "SENDING" });
  });
});
