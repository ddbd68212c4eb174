import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDynamoDeliveryLedger } from "../../../functions/adapters/dynamo/dynamo-delivery-ledger.ts";
import type { DeliveryLedger } from "../../../functions/core/ports.ts";
import { followMails } from "../../../infra/smoke/follow-mails.ts";
import { type EmbeddedTables, startEmbeddedTables } from "../../support/embedded-table.ts";

const run = { series: "smoke-1", period: "2026-03", revision: 1 };
const readers = ["smoke-success", "smoke-bounce", "smoke-complaint"];
const at = "2026-11-25T00:00:00.000Z";
let tables: EmbeddedTables;
let ledger: DeliveryLedger;

beforeAll(async () => {
  tables = await startEmbeddedTables();
});
afterAll(() => tables?.stop());
beforeEach(async () => {
  ledger = createDynamoDeliveryLedger(tables.client, await tables.newTable());
});

const move = (recipient: string, event: Parameters<DeliveryLedger["move"]>[1]) =>
  ledger.move({ ...run, edition: "full-zh-CN", recipient }, event);
const claim = (recipient: string) => move(recipient, { type: "claim", claim: recipient, at });
const tell = (recipient: string, type: "send" | "delivery" | "bounce" | "complaint") => move(recipient, { type, messageId: recipient, at });
const follow = (minutes = 0.0005) => followMails(ledger, run, { minutes, pollMs: 5 }, () => {});

describe("the mails of a smoke test", () => {
  it("are followed until the ledger says of each what the simulator does with it", async () => {
    for (const reader of readers) await claim(reader);
    const followed = follow(1);
    await tell("smoke-success", "delivery");
    await tell("smoke-bounce", "bounce");
    await tell("smoke-complaint", "delivery");
    await tell("smoke-complaint", "complaint");
    expect(await followed).toBe("smoke-success DELIVERED, smoke-bounce BOUNCED, smoke-complaint COMPLAINED");
  });

  it("fail when no news of one comes in time, with what the ledger says of each", async () => {
    for (const reader of readers) {
      await claim(reader);
      await tell(reader, "send");
    }
    await tell("smoke-bounce", "bounce");
    await expect(follow()).rejects.toThrow(
      "after 0.0005 minutes the ledger says: smoke-success ACCEPTED, smoke-bounce BOUNCED, smoke-complaint ACCEPTED",
    );
  });

  it("fail at once when a reader has none, or SES did not take one", async () => {
    await claim("smoke-success");
    await claim("smoke-bounce");
    await expect(follow(5)).rejects.toThrow(
      "a reader has no mail: smoke-success SENDING, smoke-bounce SENDING, smoke-complaint without a mail",
    );
    await move("smoke-complaint", { type: "declined", reason: "the address is suppressed", at });
    await expect(follow(5)).rejects.toThrow(/SES did not take a mail: .*smoke-complaint REJECTED \(the address is suppressed\)/);
  });
});
