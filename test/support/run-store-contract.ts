import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { createDynamoRegisterStore } from "../../functions/adapters/dynamo/dynamo-register-store.ts";
import { createDynamoRunStore } from "../../functions/adapters/dynamo/dynamo-run-store.ts";
import type { RunStore } from "../../functions/core/ports.ts";
import { aRunRecord } from "./run-record-builder.ts";
import { sampleRegister } from "./sample-register.ts";
import { type DynamoServer, useTable } from "./table-under-test.ts";

/** What the store of runs promises, at any endpoint that claims to be DynamoDB.
 *  @param start gives the endpoint; called once */
export function describeRunStoreContract(name: string, start: () => Promise<DynamoServer>): void {
  describe(`the runs in ${name}`, { timeout: 60_000 }, () => {
    const table = useTable(start);
    let runs: RunStore;
    beforeEach(() => {
      runs = createDynamoRunStore(table.client, table.tableName);
    });

    test("are none before one was planned", async () => {
      expect(await runs.get({ series: "monthly", period: "2018-01", revision: 1 })).toBeUndefined();
      expect(await runs.ofPeriod("monthly", "2018-01")).toEqual([]);
    });

    test("are read back field by field, the latest word of each", async () => {
      const failed = [{ edition: "owner-works-en", error: "LayoutError", reason: "page 2: 工程 😀" }];
      await runs.put(aRunRecord({ state: "planned", issued: 0 }));
      const last = aRunRecord({ state: "incomplete", issued: 1, failed, deliveries: { ACCEPTED: 3, UNKNOWN: 0 } });
      await runs.put(last);
      expect(await runs.get(last)).toEqual(last);
    });

    test("of a month come by revision, the tenth after the ninth, and of no other month or series", async () => {
      for (const revision of [10, 2, 9]) await runs.put(aRunRecord({ revision }));
      await runs.put(aRunRecord({ period: "2018-02" }));
      await runs.put(aRunRecord({ series: "monthly-2018" }));
      expect((await runs.ofPeriod("monthly", "2018-01")).map(({ revision }) => revision)).toEqual([2, 9, 10]);
    });

    test("stay when a register is loaded, and are no part of it", async () => {
      await runs.put(aRunRecord());
      const register = createDynamoRegisterStore(table.client, table.tableName);
      await register.load(sampleRegister());
      expect(await register.read()).toEqual(sampleRegister());
      expect(await runs.ofPeriod("monthly", "2018-01")).toEqual([aRunRecord()]);
    });

    test("say which item is none of theirs", async () => {
      const Item = { pk: "RUNS#monthly#2018-01", sk: "00001", entity: "run", record: { run: "x" } };
      await table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
      await expect(runs.get(aRunRecord())).rejects.toThrow(/item RUNS#monthly#2018-01 00001.*record\.asOf/);
    });
  });
}
