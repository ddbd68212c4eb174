import { randomUUID } from "node:crypto";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accessPatterns, type KeyRange } from "../../functions/adapters/dynamo/dynamo-keys.ts";
import { createDynamoRegisterStore } from "../../functions/adapters/dynamo/dynamo-register-store.ts";
import { ensureTable } from "../../functions/adapters/dynamo/dynamo-table.ts";
import { StoreError } from "../../functions/core/errors.ts";
import type { Register, RegisterStore } from "../../functions/core/ports.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";
import { largeRegister, sampleObservation, sampleRegister } from "./sample-register.ts";

const account = { region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
const busy = {
  status: 400,
  body: JSON.stringify({
    __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
    message: "refused by a test",
    CancellationReasons: [{ Code: "None" }, { Code: "TransactionConflict" }],
  }),
};
const writes = ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"];

/** What the register's store promises, at any endpoint that claims to be DynamoDB.
 *  @param start gives the endpoint; called once */
export function describeRegisterStoreContract(name: string, start: () => Promise<{ endpoint: string; stop(): Promise<void> }>): void {
  // Seconds are for the slowest of them; the embedded one needs a tenth.
  describe(`the register in ${name}`, { timeout: 60_000 }, () => {
    let server: { endpoint: string; stop(): Promise<void> };
    let proxy: FaultProxy;
    let client: DynamoDBClient;
    let tableName: string;
    let store: RegisterStore;

    beforeAll(async () => {
      server = await start();
      proxy = await startFaultProxy(server.endpoint);
      client = new DynamoDBClient({ endpoint: proxy.endpoint, ...account });
    }, 120_000);
    beforeEach(async () => {
      tableName = `register-${randomUUID()}`;
      await ensureTable(client, tableName);
      store = createDynamoRegisterStore(client, tableName);
      proxy.asked.length = 0;
    });
    afterEach(() => {
      proxy.intercept = () => undefined;
    });
    afterAll(async () => {
      client?.destroy();
      proxy?.close();
      await server?.stop();
    });

    const writesAsked = () => proxy.asked.filter((operation) => writes.includes(operation));
    const documents = () => DynamoDBDocumentClient.from(client);

    /** Lets the first `count` of an operation through and cuts the line at all that follow. */
    const cutAfter = (operation: string, count: number) => {
      let seen = 0;
      proxy.intercept = (asked) => (asked === operation && ++seen > count ? "cut" : undefined);
    };

    test("what was loaded is read back, field by field", async () => {
      const register = sampleRegister();
      expect(await store.load(register)).toEqual({ added: 14, changed: 0, removed: 0, unchanged: 0 });
      expect(await store.read()).toEqual(register);
    });

    test("loading the same register again, in another order, sends no write and reads one item", async () => {
      const register = sampleRegister();
      await store.load(register);
      proxy.asked.length = 0;
      const shuffled: Register = { ...register, observations: register.observations.toReversed(), metrics: register.metrics.toReversed() };
      expect(await store.load(shuffled)).toEqual({ added: 0, changed: 0, removed: 0, unchanged: 14 });
      expect(proxy.asked).toEqual(["GetItem"]);
    });

    test("a changed register changes what differs and says how much", async () => {
      const register = sampleRegister();
      await store.load(register);
      const [kept, ...others] = register.observations;
      const next: Register = {
        ...register,
        observations: [
          { ...(kept ?? sampleObservation()), value: 2317.25 },
          ...others.slice(0, -1),
          sampleObservation({ metric: "trade_total", period: "2019" }),
        ],
        evidence: [],
      };
      expect(await store.load(next)).toEqual({ added: 1, changed: 1, removed: 2, unchanged: 11 });
      expect(await store.read()).toEqual(next);
    });

    test("observations are read by metric, and by metric and area, all vintages in the order of period and date", async () => {
      await store.load(sampleRegister());
      const inTown = await store.observationsOf("gdp", "harbour-town");
      expect(inTown.map((o) => [o.period, o.knownSince, o.value])).toEqual([
        ["2016", "2017-02-01", 2317.2400000000002],
        ["2017", "2018-01-10", 2590],
        ["2017", "2018-12-15", 2606.05],
      ]);
      expect((await store.observationsOf("gdp")).map((o) => o.refArea)).toEqual([
        "harbour-town",
        "harbour-town",
        "harbour-town",
        "next-town",
      ]);
      expect(await store.observationsOf("gd")).toEqual([]);
    });

    test("an area whose code holds the key's separator is not mixed up with another", async () => {
      const observations = ["a", "a#b", "a%23b", "苏州"].map((refArea) => sampleObservation({ refArea }));
      await store.load(sampleRegister({ observations }));
      for (const { refArea } of observations) {
        expect((await store.observationsOf("gdp", refArea)).map((o) => o.refArea)).toEqual([refArea]);
      }
    });

    test("every access pattern written down is answered by one query of the table", async () => {
      await store.load(sampleRegister());
      const count = async ({ pk, prefix = "" }: KeyRange) => {
        const condition = "pk = :pk AND begins_with(sk, :prefix)";
        const values = { ":pk": pk, ":prefix": prefix };
        const plain = { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": pk } };
        const query = prefix === "" ? plain : { KeyConditionExpression: condition, ExpressionAttributeValues: values };
        return (await documents().send(new QueryCommand({ TableName: tableName, ...query }))).Count;
      };
      expect(await count(accessPatterns.speeches())).toBe(2);
      expect(await count(accessPatterns.commitments())).toBe(3);
      expect(await count(accessPatterns.commitments("first"))).toBe(2);
      expect(await count(accessPatterns.metrics())).toBe(2);
      expect(await count(accessPatterns.observations())).toBe(5);
      expect(await count(accessPatterns.observations("gdp"))).toBe(4);
      expect(await count(accessPatterns.observations("gdp", "harbour-town"))).toBe(3);
      expect(await count(accessPatterns.observations("gdp", "harbour-town", "2017"))).toBe(2);
      expect(await count(accessPatterns.evidence())).toBe(1);
      expect(await count(accessPatterns.evidence("railway"))).toBe(1);
      expect(await count(accessPatterns.evidence("rail"))).toBe(0);
    });

    test("a register of more than one transaction and more than one page of answers comes back whole", async () => {
      const register = largeRegister(700);
      await store.load(register);
      expect(proxy.asked.filter((operation) => operation === "TransactWriteItems").length).toBeGreaterThan(2);
      proxy.asked.length = 0;
      expect(await store.read()).toEqual(register);
      expect(proxy.asked.filter((operation) => operation === "Query").length).toBeGreaterThan(6);
      expect(proxy.asked).not.toContain("Scan");
    });

    test("every number comes back as it was", async () => {
      const range = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 });
      const values = fc.sample(fc.oneof(range, fc.integer(), fc.double({ min: -1, max: 1, noNaN: true })), { numRuns: 60, seed: 1 });
      const stored = [...values.filter((value) => value === 0 || Math.abs(value) > 1e-100), 0.1 + 0.2, 2 ** 53 + 2, 1e21];
      const observations = stored.map((value, index) =>
        sampleObservation({ value: value === 0 ? 0 : value, period: String(1000 + index) }),
      );
      await store.load(sampleRegister({ observations }));
      expect((await store.read()).observations.map((o) => o.value)).toEqual(observations.map((o) => o.value));
    });

    test("nothing is read before anything was loaded", async () => {
      await expect(store.read()).rejects.toThrow(StoreError);
      await expect(store.observationsOf("gdp")).rejects.toThrow(/no register was ever loaded/);
    });

    test("a load that breaks off halfway is never read as complete, and the next load mends it", async () => {
      const before = sampleRegister();
      const after = largeRegister(250);
      await store.load(before);
      cutAfter("TransactWriteItems", 1);
      await expect(store.load(after)).rejects.toThrow(StoreError);
      proxy.intercept = () => undefined;
      await expect(store.read()).rejects.toThrow(/a load broke off halfway/);
      await expect(store.observationsOf("gdp")).rejects.toThrow(StoreError);
      const summary = await store.load(after);
      expect(summary.unchanged).toBeGreaterThan(90);
      expect(await store.read()).toEqual(after);
      await store.load(before);
      expect(await store.read()).toEqual(before);
    });

    test("a load that breaks off before its last word is finished by the next, which has nothing left to write but that", async () => {
      const register = sampleRegister();
      cutAfter("TransactWriteItems", 1);
      await expect(store.load(register)).rejects.toThrow(StoreError);
      proxy.intercept = () => undefined;
      proxy.asked.length = 0;
      expect(await store.load(register)).toEqual({ added: 0, changed: 0, removed: 0, unchanged: 14 });
      expect(writesAsked()).toEqual(["PutItem", "TransactWriteItems"]);
      expect(await store.read()).toEqual(register);
    });

    test("a load that is overtaken by another stops, and the later one's register stands", async () => {
      const later = sampleRegister({ evidence: [] });
      let overtaken = false;
      proxy.intercept = async (operation) => {
        if (operation !== "TransactWriteItems" || overtaken) return undefined;
        overtaken = true;
        await createDynamoRegisterStore(client, tableName).load(later);
        return undefined;
      };
      await expect(store.load(largeRegister(150))).rejects.toThrow(/another load of table .* began while this one ran/);
      expect(await store.read()).toEqual(later);
    });

    test("answers that get lost on the way do not matter: what is asked again is done once", async () => {
      const lost = new Set<string>();
      proxy.intercept = (operation) => {
        if (lost.has(operation)) return undefined;
        lost.add(operation);
        return "lose the answer";
      };
      expect(await store.load(sampleRegister())).toEqual({ added: 14, changed: 0, removed: 0, unchanged: 0 });
      expect(await store.read()).toEqual(sampleRegister());
      expect([...lost].toSorted()).toEqual(["GetItem", "PutItem", "Query", "TransactWriteItems"]);
    });

    test("a reader that meets a load waits and gets the new register whole", async () => {
      await store.load(sampleRegister());
      const after = largeRegister(250);
      const begun = Promise.withResolvers<void>();
      proxy.intercept = (operation) => {
        if (operation === "TransactWriteItems") begun.resolve();
        return undefined;
      };
      const load = store.load(after);
      await begun.promise;
      expect(await store.read()).toEqual(after);
      await load;
    });

    test("a table that is busy is tried again, and not for ever", async () => {
      let refusals = 0;
      const refuse = (times: number) => (operation: string) =>
        operation === "TransactWriteItems" && ++refusals <= times ? busy : undefined;
      proxy.intercept = refuse(2);
      await store.load(sampleRegister());
      expect(await store.read()).toEqual(sampleRegister());
      refusals = 0;
      proxy.intercept = refuse(Number.POSITIVE_INFINITY);
      await expect(store.load(sampleRegister({ evidence: [] }))).rejects.toThrow(/TransactionCanceledException/);
      expect(refusals).toBe(6);
    });

    test("an item that something else changed is noticed, and the error says how to mend it", async () => {
      const register = sampleRegister();
      await store.load(register);
      const item = { pk: "OBSERVATIONS", sk: "gdp#harbour-town#2017#2018-01-11#f", entity: "observation", record: sampleObservation() };
      await documents().send(new PutCommand({ TableName: tableName, Item: item }));
      await expect(store.read()).rejects.toThrow(/does not hold what was loaded.*delete its item REGISTER HEAD and load/);
      await documents().send(new PutCommand({ TableName: tableName, Item: { ...item, record: { ...item.record, value: "much" } } }));
      await expect(store.read()).rejects.toThrow(/item OBSERVATIONS gdp#.*record\.value/);
      await documents().send(new DeleteCommand({ TableName: tableName, Key: { pk: "REGISTER", sk: "HEAD" } }));
      expect(await store.load(register)).toEqual({ added: 0, changed: 0, removed: 1, unchanged: 14 });
      expect(await store.read()).toEqual(register);
    });

    test("two facts that are one item are refused before anything is written", async () => {
      const observations = [sampleObservation(), sampleObservation({ value: 1 })];
      await expect(store.load(sampleRegister({ observations }))).rejects.toThrow(/holds the observation gdp#harbour-town#2017.* twice/);
      expect(proxy.asked).toEqual([]);
    });

    test("a table that is missing, and a database that does not answer, are told apart and say what to do", async () => {
      await expect(createDynamoRegisterStore(client, "nowhere").read()).rejects.toThrow(
        /could not read table nowhere: .*does not exist there; create it/,
      );
      const dead = new DynamoDBClient({ endpoint: "http://127.0.0.1:9", maxAttempts: 1, ...account });
      const failure = await createDynamoRegisterStore(dead, "t")
        .read()
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StoreError);
      expect(failure).toMatchObject({ message: expect.stringMatching(/nothing listens there/), cause: expect.any(Error) });
    });

    test("the table is made once, however many ask, and a table with other keys is refused", async () => {
      const name = `new-${randomUUID()}`;
      await Promise.all([ensureTable(client, name), ensureTable(client, name), ensureTable(client, name)]);
      await expect(createDynamoRegisterStore(client, name).read()).rejects.toThrow(/no register was ever loaded/);
      await expect(createDynamoRegisterStore(client, name).read()).rejects.toMatchObject({ isEmpty: true });
      const keys = {
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" as const }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" as const }],
      };
      await client.send(new CreateTableCommand({ TableName: "foreign", BillingMode: "PAY_PER_REQUEST", ...keys }));
      await expect(ensureTable(client, "foreign")).rejects.toThrow(/table foreign has the keys id HASH, not pk HASH, sk RANGE/);
    });
  });
}
