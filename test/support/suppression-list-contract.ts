import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { createDynamoSuppressionList } from "../../functions/adapters/dynamo/dynamo-suppression-list.ts";
import { StoreError } from "../../functions/core/errors.ts";
import type { SuppressionList } from "../../functions/core/ports.ts";
import type { Suppression } from "../../functions/core/suppression.ts";
import { type DynamoServer, useTable } from "./table-under-test.ts";

const bounced: Suppression = {
  address: "ada@example.org",
  cause: "bounced",
  reason: "550 no such user",
  since: "2026-04-14T00:00:07.000Z",
  delivery: "monthly_2026-03_r1_full-en_ada",
};
const complained: Suppression = { ...bounced, cause: "complained", reason: "abuse", since: "2026-05-01T00:00:00.000Z" };
const at = (day: string) => `${day}T12:00:00.000Z`;

/** What the list of suppressed addresses promises, at any endpoint that claims to be DynamoDB.
 *  @param start gives the endpoint; called once */
export function describeSuppressionListContract(name: string, start: () => Promise<DynamoServer>): void {
  describe(`the suppressed addresses in ${name}`, { timeout: 60_000 }, () => {
    const table = useTable(start);
    let list: SuppressionList;
    beforeEach(() => {
      list = createDynamoSuppressionList(table.client, table.tableName);
    });

    test("are none before one was added", async () => {
      expect(await list.find("ada@example.org")).toBeUndefined();
      expect(await list.list()).toEqual([]);
      expect(await list.clear("ada@example.org", at("2026-04-15"))).toBe(false);
    });

    test("are found in whatever capitals, and listed by address", async () => {
      await list.add({ ...bounced, address: "wei#1@example.org" });
      await list.add(bounced);
      expect(await list.find("Ada@Example.ORG")).toEqual(bounced);
      expect((await list.list()).map(({ address }) => address)).toEqual(["ada@example.org", "wei#1@example.org"]);
      expect(await list.find("ada@example.com")).toBeUndefined();
    });

    test("added at once and in any order end in the gravest, and of two alike in the first", async () => {
      const second = { ...bounced, since: "2026-06-01T00:00:00.000Z" };
      await Promise.all([second, complained, bounced, second, complained].map((suppression) => list.add(suppression)));
      expect(await list.find(bounced.address)).toEqual(complained);
      await list.clear(bounced.address, "2026-04-01T00:00:00.000Z");
      await list.add(second);
      await list.add(bounced);
      expect(await list.find(bounced.address)).toEqual(bounced);
    });

    test("are cleared once, and not suppressed by what was before", async () => {
      await list.add(bounced);
      expect(await list.clear("ADA@example.org", at("2026-04-20"))).toBe(true);
      expect(await list.clear("ada@example.org", at("2026-04-21"))).toBe(false);
      await list.add(bounced);
      expect(await list.find("ada@example.org")).toBeUndefined();
      expect(await list.list()).toEqual([]);
      await list.add(complained);
      expect(await list.find("ada@example.org")).toEqual(complained);
    });

    test("are written once where an answer is lost, and stay as they were where the line is cut", async () => {
      let faults = 0;
      table.proxy.intercept = (operation) => (operation === "PutItem" && ++faults === 1 ? "lose the answer" : undefined);
      await list.add(bounced);
      expect(await list.find(bounced.address)).toEqual(bounced);
      table.proxy.intercept = (operation) => (operation === "PutItem" ? "cut" : undefined);
      await expect(list.add(complained)).rejects.toThrow(StoreError);
      table.proxy.intercept = () => undefined;
      expect(await list.find(bounced.address)).toEqual(bounced);
    });

    test("that something else wrote are refused by field", async () => {
      const item = {
        pk: "SUPPRESSIONS",
        sk: "ada@example.org",
        entity: "suppression",
        version: 1,
        record: { ...bounced, cause: "disliked" },
      };
      await table.documents.send(new PutCommand({ TableName: table.tableName, Item: item }));
      await expect(list.find("ada@example.org")).rejects.toThrow(/record\.cause/);
    });
  });
}
