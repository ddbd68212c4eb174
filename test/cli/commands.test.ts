import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createDynamoRegisterStore } from "../../functions/adapters/dynamo/dynamo-register-store.ts";
import { ensureTable } from "../../functions/adapters/dynamo/dynamo-table.ts";
import { startEmbeddedDynamo } from "../../functions/adapters/dynamo/embedded-dynamo.ts";
import { assessmentSchema } from "../../functions/core/assessment/assessment.ts";
import { copyHarbourton, type OfficeCopy } from "../support/office-copy.ts";
import { runBiaogan, runJson } from "../support/run-biaogan.ts";

const header =
  "METRIC,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS,KNOWN_SINCE,SOURCE_TITLE,SOURCE_URL,SOURCE_QUOTE,COMMENT";
const row = (value: string, knownSince: string) =>
  `homes_completed,Harbourton,2025,${value},homes,0,A,${knownSince},Final,https://example.org/final-${knownSince},${value} homes,`;

let temporary: string;
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), "biaogan-"));
});
afterAll(() => rm(temporary, { recursive: true, force: true }));

describe("biaogan assess, on the office that comes with the program", () => {
  async function assess(asOf: string) {
    const list = z.array(assessmentSchema).parse(await runJson(["assess", "--as-of", asOf, "--store", join(temporary, "real")]));
    return new Map(list.map((a) => [a.commitmentId, a]));
  }

  it("knows on 2018-01-31 the estimate of 2590 and growth of 7.3 %, and on 2018-12-31 the figure of 2606", async () => {
    const january = await assess("2018-01-31");
    expect(january.get("2017-gdp")?.inputs[0]).toMatchObject({
      metric: "gdp",
      refArea: "张家港市",
      period: "2017",
      value: 2590,
      unit: "亿元",
      status: "E",
      knownSince: "2018-01-03",
    });
    expect(january.get("2017-gdp-growth")?.inputs[0]).toMatchObject({ metric: "gdp_growth", value: 7.3, unit: "%" });
    expect(january.get("2017-fiscal-revenue")).toMatchObject({ verdict: "on the line", signal: "watch" });
    const december = await assess("2018-12-31");
    expect(december.get("2017-gdp")?.inputs.map((i) => [i.value, i.role])).toEqual([
      [2606, "decides"],
      [2590, "superseded"],
    ]);
  });

  it("tells 2018-01-31 and 2021-04-30 apart where the facts do, and says why", async () => {
    const [then, now] = [await assess("2018-01-31"), await assess("2021-04-30")];
    expect(then.get("2017-kdx-signing")).toMatchObject({ verdict: "announced", signal: "watch" });
    expect(now.get("2017-kdx-signing")).toMatchObject({ verdict: "ended", signal: "failed" });
    expect(now.get("2017-kdx-signing")?.explanation).toContain("终止上市");
    expect(then.get("2017-hutong-railway")).toMatchObject({ verdict: "published", signal: "on track" });
    expect(now.get("2017-hutong-railway")).toMatchObject({ verdict: "done late", signal: "watch" });
    expect(now.get("2017-hutong-railway")?.explanation).toContain("2020年7月1日");
    expect([then.has("s2020-speed-year"), now.has("s2020-speed-year")]).toEqual([false, true]);
  });

  it("refuses a day that does not exist", async () => {
    const { code, stdout, stderr } = await runBiaogan(["assess", "--as-of", "2018-02-30", "--json"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain('--as-of: "2018-02-30" is not a date that exists');
  });
});

describe("biaogan register and validate", () => {
  it("lists every commitment with offsets into the speech as stored", async () => {
    const list = z
      .array(
        z.object({
          id: z.string(),
          speech: z.string(),
          quote: z.string(),
          start: z.number(),
          end: z.number(),
          kind: z.string(),
          modality: z.string(),
          theme: z.string(),
        }),
      )
      .parse(await runJson(["register"]));
    expect(list.length).toBeGreaterThan(140);
    for (const { speech, quote, start, end } of list) {
      const text = await readFile(new URL(`../../data/speeches/${speech}.txt`, import.meta.url), "utf8");
      expect(text.slice(start, end)).toBe(quote);
    }
  });

  it("finds the office that comes with the program sound", async () => {
    expect(await runJson(["validate"])).toMatchObject({ valid: true, speeches: 2 });
  });

  it("names file, line and field of a method that cannot judge what it is named for", async () => {
    const office = await copyHarbourton();
    const file = "commitments/mayor-2025-03-04.yaml";
    await office.edit(file, "  kind: baseline-fact\n", "  kind: baseline-fact\n  method: weather\n");
    const lines = (await office.read(file)).split("\n");
    const { code, stderr } = await runBiaogan(["validate", "--data", office.dir]);
    await office.remove();
    expect(code).toBe(1);
    expect(stderr).toContain(
      `${file}:${lines.indexOf("  method: weather") + 1} method: a baseline-fact is judged in one way only; leave the method out`,
    );
  });

  it("says what it prints to a person as well", async () => {
    expect((await runBiaogan(["validate"])).stdout).toMatch(/is valid: 2 speeches, \d+ commitments/);
    expect((await runBiaogan(["register"])).stdout).toContain("2017-gdp (quantified-target, forecast)");
  });
});

describe("biaogan load and import", () => {
  let office: OfficeCopy;
  let store: string;
  beforeEach(async () => {
    office = await copyHarbourton();
    store = await mkdtemp(join(temporary, "store-"));
  });
  afterEach(() => office.remove());
  const at = () => ["--data", office.dir, "--store", store];

  it("changes nothing when the same folder is loaded twice, also after a restart", async () => {
    const first = z.object({ added: z.number(), unchanged: z.number() }).parse(await runJson(["load", ...at()]));
    expect(first.added).toBeGreaterThan(30);
    expect(await runJson(["load", ...at()])).toEqual({
      added: 0,
      changed: 0,
      removed: 0,
      unchanged: first.added,
      subscriptions: { added: 0, changed: 0, removed: 0, unchanged: 5 },
    });
  });

  it("uses the database that AWS_ENDPOINT_URL_DYNAMODB names instead of its own", async () => {
    const { endpoint, stop } = await startEmbeddedDynamo({ dbPath: join(store, "elsewhere.sqlite") });
    const env = {
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    };
    const { code, stdout, stderr } = await runBiaogan(["load", ...at()], { env });
    await stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Loaded: \d+ added.*\nSubscriptions: 5 added/);
    expect(await readdir(store)).not.toContain("db");
  });

  it("loads into a deployed table by its name, and makes none where the name is wrong", async () => {
    const { endpoint, stop } = await startEmbeddedDynamo({ dbPath: join(store, "cloud.sqlite") });
    const account = { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
    const client = new DynamoDBClient({ endpoint, region: "eu-central-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } });
    await ensureTable(client, "biaogan-prod");
    const load = (table: string) => runBiaogan(["load", "--table", table, ...at()], { env: { ...account, AWS_ENDPOINT_URL: endpoint } });
    const { code, stdout, stderr } = await load("biaogan-prod");
    const misspelt = await load("biaogan-porr");
    const office = await createDynamoRegisterStore(client, "biaogan-prod").read();
    const { TableNames } = await client.send(new ListTablesCommand());
    client.destroy();
    await stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Loaded: \d+ added.*\nSubscriptions: 5 added/);
    expect(office.office.id).toBe("harbourton");
    expect(misspelt).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/biaogan-porr: .*the table does not exist there/),
    });
    expect(TableNames).toEqual(["biaogan-prod"]);
    expect(await readdir(store)).not.toContain("db");
  });

  it("takes figures in, tells new from revised from unchanged, and judges by them", async () => {
    const file = join(temporary, "2026-07.csv");
    await writeFile(
      file,
      [
        header,
        row("507", "2026-06-19"),
        "population,Harbourton,2025,48900,people,0,E,2026-01-15,Estimates,https://example.org/pop,48900,",
        "",
      ].join("\n"),
    );
    const taken = await runJson(["import", file, ...at()]);
    expect(taken).toMatchObject({
      file: "observations/2026-07.csv",
      new: [{ metric: "population" }],
      revised: [{ observation: { value: 507 }, previous: { value: 503 } }],
      unchanged: [],
    });
    expect(await runJson(["import", file, ...at()])).toMatchObject({
      file: null,
      new: [],
      revised: [],
      unchanged: [{ value: 507 }, { value: 48900 }],
    });
    const list = z.array(assessmentSchema).parse(await runJson(["assess", "--as-of", "2026-06-30", ...at()]));
    expect(list.find((a) => a.commitmentId === "homes-2025")?.inputs[0]).toMatchObject({ value: 507, knownSince: "2026-06-19" });
  });

  it("takes all of a file or nothing", async () => {
    await runJson(["load", ...at()]);
    const before = await office.contents();
    const file = join(temporary, "bad.csv");
    await writeFile(file, [header, row("507", "2026-06-19"), row("five hundred", "2026-06-20"), row("508", "2026-06-31"), ""].join("\n"));
    const { code, stderr } = await runBiaogan(["import", file, ...at()]);
    expect(code).toBe(1);
    expect(stderr).toContain('bad.csv:3 OBS_VALUE: "five hundred" is not a number');
    expect(stderr).toContain("bad.csv:4 KNOWN_SINCE:");
    expect(stderr).toContain("Nothing was changed.");
    expect(await office.contents()).toEqual(before);
    expect(await runJson(["load", ...at()])).toMatchObject({ added: 0, changed: 0, removed: 0 });
  });
});
