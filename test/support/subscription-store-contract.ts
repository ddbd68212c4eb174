import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { createDynamoRegisterStore } from "../../functions/adapters/dynamo/dynamo-register-store.ts";
import { createDynamoSubscriptionStore } from "../../functions/adapters/dynamo/dynamo-subscription-store.ts";
import { StoreError } from "../../functions/core/errors.ts";
import type { SubscriptionStore } from "../../functions/core/ports.ts";
import { type Subscription, subscriptionSchema } from "../../functions/core/subscription.ts";
import { sampleRegister } from "./sample-register.ts";
import { type DynamoServer, useTable } from "./table-under-test.ts";

function reader(id: string, parts: Partial<Subscription> = {}): Subscription {
  const written = { id, name: id, address: `${id}@example.org`, language: "en", editions: ["full"], from: "2026-01-01" };
  return subscriptionSchema.parse({ ...written, ...parts });
}

/** What the store of subscriptions promises, at any endpoint that claims to be DynamoDB.
 *  @param start gives the endpoint; called once */
export function describeSubscriptionStoreContract(name: string, start: () => Promise<DynamoServer>): void {
  describe(`the subscriptions in ${name}`, { timeout: 60_000 }, () => {
    const table = useTable(start);
    let store: SubscriptionStore;
    beforeEach(() => {
      store = createDynamoSubscriptionStore(table.client, table.tableName);
    });

    test("are none before any were loaded", async () => {
      expect(await store.list()).toEqual([]);
      expect(await store.get("ada")).toBeUndefined();
    });

    test("are read back field by field, all by id or one", async () => {
      const full = reader("wei", {
        name: "李伟 😀",
        office: "财政局",
        editions: ["all", "full-en"],
        until: "2026-12-31",
        list: "send",
        paused: true,
      });
      expect(await store.load([full, reader("ada")])).toEqual({ added: 2, changed: 0, removed: 0, unchanged: 0 });
      expect(await store.list()).toEqual([reader("ada"), full]);
      expect(await store.get("wei")).toEqual(full);
    });

    test("loaded again, in another order, are not written", async () => {
      await store.load([reader("ada"), reader("wei", { until: "2026-12-31" })]);
      table.proxy.asked.length = 0;
      expect(await store.load([reader("wei", { until: "2026-12-31" }), reader("ada")])).toMatchObject({
        added: 0,
        changed: 0,
        unchanged: 2,
      });
      expect(table.proxy.asked).toEqual(["Query"]);
    });

    test("become exactly those that are loaded", async () => {
      await store.load([reader("ada"), reader("bo"), reader("wei")]);
      const next = [reader("ada"), reader("cy"), reader("wei", { paused: true })];
      expect(await store.load(next)).toEqual({ added: 1, changed: 1, removed: 1, unchanged: 1 });
      expect(await store.list()).toEqual(next);
    });

    test("of a load that broke off are mended by the next; who left was taken out first", async () => {
      const before = Array.from({ length: 150 }, (_, n) => reader(`old-${n}`));
      const after = Array.from({ length: 150 }, (_, n) => reader(`new-${n}`));
      await store.load(before);
      let seen = 0;
      table.proxy.intercept = (operation) => (operation === "TransactWriteItems" && ++seen > 1 ? "cut" : undefined);
      await expect(store.load(after)).rejects.toThrow(StoreError);
      table.proxy.intercept = () => undefined;
      expect((await store.list()).every(({ id }) => id.startsWith("old-"))).toBe(true);
      expect(await store.load(after)).toEqual({ added: 150, changed: 0, removed: 50, unchanged: 0 });
      expect(new Set((await store.list()).map(({ id }) => id))).toEqual(new Set(after.map(({ id }) => id)));
    });

    test("are no part of the register: neither load sees or changes what the other wrote", async () => {
      const register = createDynamoRegisterStore(table.client, table.tableName);
      await store.load([reader("ada")]);
      await register.load(sampleRegister());
      await store.load([reader("ada"), reader("wei")]);
      expect(await register.read()).toEqual(sampleRegister());
      table.proxy.asked.length = 0;
      expect(await register.load(sampleRegister())).toMatchObject({ added: 0, changed: 0, removed: 0 });
      expect(table.proxy.asked).toEqual(["GetItem"]);
      expect(await store.list()).toHaveLength(2);
    });

    test("that something else wrote are refused, by id and field and never by what stands in them", async () => {
      const record = { ...reader("ada"), address: "ada.quill@example.org, second@example.org" };
      const item = { pk: "SUBSCRIPTIONS", sk: "ada", entity: "subscription", record };
      await table.documents.send(new PutCommand({ TableName: table.tableName, Item: item }));
      const failure: unknown = await store.list().catch((error: unknown) => error);
      expect(String(failure)).toMatch(/SUBSCRIPTIONS ada.*record\.address/);
      expect(String(failure)).not.toContain("quill");
    });
  });
}
