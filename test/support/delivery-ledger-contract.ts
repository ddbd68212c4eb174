import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { createDynamoDeliveryLedger } from "../../functions/adapters/dynamo/dynamo-delivery-ledger.ts";
import type { DeliveryKey } from "../../functions/core/delivery.ts";
import type { DeliveryEvent } from "../../functions/core/delivery-moves.ts";
import { StoreError } from "../../functions/core/errors.ts";
import type { DeliveryLedger } from "../../functions/core/ports.ts";
import { type DynamoServer, useTable } from "./table-under-test.ts";

const key: DeliveryKey = { series: "monthly", period: "2026-07", revision: 1, edition: "full-en", recipient: "mayor" };
const item = { pk: "DELIVERIES#monthly#2026-07#00001", sk: "full-en#mayor" };
const at = "2026-08-04T01:00:00.000Z";
const later = "2026-08-04T01:00:07.000Z";
const claimBy = (claim: string): DeliveryEvent => ({ type: "claim", claim, at });

/** What the ledger promises, at any endpoint that claims to be DynamoDB.
 *  @param start gives the endpoint; called once */
export function describeDeliveryLedgerContract(name: string, start: () => Promise<DynamoServer>): void {
  describe(`the ledger in ${name}`, { timeout: 60_000 }, () => {
    const table = useTable(start);
    let ledger: DeliveryLedger;
    beforeEach(() => {
      ledger = createDynamoDeliveryLedger(table.client, table.tableName);
    });

    /** Breaks the line at the first of these requests: before the server hears of it, or after it did as asked. */
    const breakOnce = (operation: string, fault: "cut" | "lose the answer") => {
      let broken = false;
      table.proxy.intercept = (asked) => {
        if (asked !== operation || broken) return undefined;
        broken = true;
        return fault;
      };
    };

    test("a claim makes the row, and what is recorded is read back", async () => {
      expect(await ledger.get(key)).toBeUndefined();
      expect(await ledger.move(key, claimBy("a"))).toMatchObject({ outcome: "moved" });
      expect(await ledger.move(key, { type: "accepted", messageId: "m1", at: later })).toMatchObject({ outcome: "moved" });
      expect(await ledger.get(key)).toEqual({
        ...key,
        id: "monthly_2026-07_r1_full-en_mayor",
        state: "ACCEPTED",
        claim: "a",
        messageId: "m1",
        changedAt: later,
      });
    });

    test("of fifty claims at once one wins, and the others are told who was before them", async () => {
      const moves = await Promise.all(Array.from({ length: 50 }, (_, n) => ledger.move(key, claimBy(`worker-${n}`))));
      const won = moves.findIndex((move) => move.outcome === "moved");
      expect(moves.filter((move) => move.outcome === "moved")).toHaveLength(1);
      expect(moves.filter((move) => move.outcome === "refused")).toHaveLength(49);
      expect(await ledger.get(key)).toMatchObject({ state: "SENDING", claim: `worker-${won}` });
    });

    test("a delivery that was given back is claimed by one of fifty, round after round", async () => {
      for (let round = 0; round < 4; round++) {
        const names = Array.from({ length: 50 }, (_, n) => `round-${round}-${n}`);
        const moves = await Promise.all(names.map((name) => ledger.move(key, claimBy(name))));
        const winners = names.filter((_, n) => moves[n]?.outcome === "moved");
        expect(winners).toHaveLength(1);
        const back = { type: "released", claim: winners[0] ?? "", reason: "throttled", at } as const;
        expect(await ledger.move(key, back)).toMatchObject({ outcome: "moved", delivery: { state: "PENDING", reason: "throttled" } });
      }
    });

    test("what a worker repeats late does not end the claim of another", async () => {
      await ledger.move(key, claimBy("a"));
      const back = { type: "released", claim: "a", reason: "throttled", at } as const;
      await ledger.move(key, back);
      await ledger.move(key, claimBy("b"));
      expect(await ledger.move(key, back)).toMatchObject({ outcome: "refused", delivery: { state: "SENDING", claim: "b" } });
    });

    test("a claim whose answer was lost is still the worker's own", async () => {
      breakOnce("PutItem", "lose the answer");
      expect(await ledger.move(key, claimBy("a"))).toMatchObject({ outcome: "unchanged", delivery: { state: "SENDING", claim: "a" } });
    });

    test.each(["cut", "lose the answer"] as const)("a line that breaks (%s) at any move leaves the state that was meant", async (fault) => {
      const steps: [DeliveryEvent, string][] = [
        [claimBy("a"), "SENDING"],
        [{ type: "released", claim: "a", reason: "throttled", at }, "PENDING"],
        [claimBy("b"), "SENDING"],
        [{ type: "lost", claim: "b", reason: "timeout", at }, "UNKNOWN"],
        [{ type: "send", messageId: "m1", at }, "ACCEPTED"],
        [{ type: "delivery", messageId: "m1", at }, "DELIVERED"],
      ];
      for (const [event, state] of steps) {
        breakOnce("PutItem", fault);
        expect(await ledger.move(key, event)).toMatchObject({ delivery: { state } });
        expect(await ledger.get(key)).toMatchObject({ state });
      }
    });

    test("everything that SES tells at once, and three times over, ends in the gravest of it", async () => {
      await ledger.move(key, claimBy("a"));
      const types = ["send", "delay", "reject", "delivery", "bounce", "complaint"] as const;
      const told = [...types, ...types, ...types].map((type) => ledger.move(key, { type, messageId: "m1", at }));
      expect((await Promise.all(told)).map((move) => move.outcome)).not.toContain("refused");
      expect(await ledger.get(key)).toMatchObject({ state: "COMPLAINED", messageId: "m1", claim: "a" });
    });

    test("an event of a delivery that nobody claimed is absent, and makes no row", async () => {
      expect(await ledger.move(key, { type: "delivery", messageId: "m1", at })).toEqual({ outcome: "absent" });
      expect(await ledger.move(key, { type: "lost", claim: "a", reason: "timeout", at })).toEqual({ outcome: "absent" });
      expect(await ledger.get(key)).toBeUndefined();
    });

    test("a delivery that is not to be made is on record with its reason, and may be claimed when that is mended", async () => {
      expect(await ledger.move(key, { type: "declined", reason: "the reader has left", at })).toMatchObject({ outcome: "moved" });
      expect(await ledger.get(key)).toMatchObject({ state: "REJECTED", reason: "the reader has left" });
      expect(await ledger.move(key, claimBy("a"))).toMatchObject({ outcome: "moved" });
      expect(await ledger.get(key)).not.toHaveProperty("reason");
    });

    test("the deliveries of a run are listed by edition and recipient and counted, those of no other run among them", async () => {
      const others = [{ revision: 2 }, { revision: 10 }, { period: "2026-06" }, { series: "monthly-extra" }];
      for (const other of others) await ledger.move({ ...key, ...other }, claimBy("x"));
      for (const recipient of ["b", "a"]) await ledger.move({ ...key, recipient }, claimBy("x"));
      await ledger.move({ ...key, edition: "one-page-en", recipient: "a" }, claimBy("x"));
      await ledger.move({ ...key, recipient: "a" }, { type: "accepted", messageId: "m1", at });
      const { deliveries, counts } = await ledger.ofRun(key);
      expect(deliveries.map((d) => d.id)).toEqual([
        "monthly_2026-07_r1_full-en_a",
        "monthly_2026-07_r1_full-en_b",
        "monthly_2026-07_r1_one-page-en_a",
      ]);
      expect(counts).toEqual({ PENDING: 0, SENDING: 2, UNKNOWN: 0, REJECTED: 0, ACCEPTED: 1, DELIVERED: 0, BOUNCED: 0, COMPLAINED: 0 });
      expect(await ledger.ofRun({ ...key, revision: 3 })).toMatchObject({ deliveries: [], counts: { PENDING: 0 } });
    });

    test("a run of more than one page of answers comes back whole, without a scan", async () => {
      const reason = "x".repeat(40_000);
      for (let n = 0; n < 60; n++) await ledger.move({ ...key, recipient: `reader-${n}` }, { type: "declined", reason, at });
      table.proxy.asked.length = 0;
      expect((await ledger.ofRun(key)).counts.REJECTED).toBe(60);
      expect(table.proxy.asked.length).toBeGreaterThan(1);
      expect(new Set(table.proxy.asked)).toEqual(new Set(["Query"]));
    });

    test("a row has nothing by which it could end, and no address", async () => {
      await ledger.move(key, claimBy("a"));
      const { Item } = await table.documents.send(new GetCommand({ TableName: table.tableName, Key: item }));
      expect(Object.keys(Item ?? {}).toSorted()).toEqual(["entity", "pk", "record", "sk", "version"]);
      expect(JSON.stringify(Item)).not.toContain("@");
    });

    test("a database that does not answer is a StoreError, and nobody takes that for a claim", async () => {
      table.proxy.intercept = () => "cut";
      await expect(ledger.move(key, claimBy("a"))).rejects.toThrow(StoreError);
      await expect(ledger.ofRun(key)).rejects.toThrow(StoreError);
      table.proxy.intercept = () => undefined;
      expect(await ledger.get(key)).toBeUndefined();
    });

    test("a row that something else wrote is not taken for one of ours", async () => {
      const broken = { ...item, entity: "delivery", version: 1, record: { state: "SENT" } };
      await table.documents.send(new PutCommand({ TableName: table.tableName, Item: broken }));
      await expect(ledger.move(key, claimBy("a"))).rejects.toThrow(/item DELIVERIES#monthly#2026-07#00001 full-en#mayor.*record\.state/);
    });
  });
}
