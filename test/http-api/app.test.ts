import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFolderArchive } from "../../functions/adapters/archive/folder-archive.ts";
import { loadTemplates, type Templates } from "../../functions/adapters/templates/handlebars-templates.ts";
import type { BriefingArchive } from "../../functions/core/ports.ts";
import { createHttpApi } from "../../functions/http-api/app.ts";

let dir: string;
let templates: Templates;
let archive: BriefingArchive;
let started: { name: string; input: object }[];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "http-api-"));
  templates = await loadTemplates(new URL("../../templates", import.meta.url).pathname);
});
afterAll(() => rm(dir, { recursive: true }));
beforeEach(async () => {
  archive = createFolderArchive(await mkdtemp(join(dir, "archive-")));
  started = [];
});

const put = (key: string) => archive.put(key, Buffer.from("%PDF"), "application/pdf");
/** Stands for Step Functions, which is tried in the conformance tests: here only what is asked of it matters. */
const workflow = {
  start: async (name: string, input: object) => {
    const known = started.some((run) => run.name === name);
    started.push({ name, input });
    return known ? ("known" as const) : ("started" as const);
  },
};
const app = () => createHttpApi({ archive, workflow, templates, link: async (key) => `https://signed.example/${key}` });
const post = (body: string) => app().request("/runs", { method: "POST", body });

describe("the HTTP API", () => {
  it("says that it is alive", async () => {
    const answer = await app().request("/healthz");
    expect([answer.status, await answer.json()]).toEqual([200, { state: "alive" }]);
  });

  it("starts the month's next revision, and the same one again while that is not issued", async () => {
    await put("briefings/harbourton/monthly-2018-01-r1/full-en.pdf");
    const wanted = JSON.stringify({ period: "2018-01", office: "harbourton" });
    const first = await post(wanted);
    expect([first.status, await first.json()]).toEqual([202, { run: "monthly-2018-01-r2", state: "started" }]);
    expect(await (await post(wanted)).json()).toEqual({ run: "monthly-2018-01-r2", state: "known" });
    expect(started[0]).toEqual({ name: "monthly-2018-01-r2", input: { series: "monthly", period: "2018-01" } });
  });

  it.each(["", "{}", '{"period":"2018-13","office":"x"}', '{"period":"2018-01","office":"../x"}', "[]"])(
    "refuses %s and says why",
    async (body) => {
      const answer = await post(body);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ title: "This run cannot be started", detail: expect.stringMatching(/\w+: /) });
      expect(started).toEqual([]);
    },
  );

  it("lists what was issued, the latest month first, and hands out a document by an address that dies", async () => {
    await put("briefings/harbourton/monthly-2018-01-r1/full-en.pdf");
    await put("briefings/harbourton/monthly-2018-02-r1/full-en.pdf");
    const page = await (await app().request("/archive?lang=en")).text();
    expect([...page.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual([
      "/archive/harbourton/monthly-2018-02-r1/full-en.pdf",
      "/archive/harbourton/monthly-2018-01-r1/full-en.pdf",
    ]);
    const answer = await app().request("/archive/harbourton/monthly-2018-01-r1/full-en.pdf");
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      "https://signed.example/briefings/harbourton/monthly-2018-01-r1/full-en.pdf",
    ]);
  });

  it("gives out nothing but documents that were issued", async () => {
    await archive.put("briefings/harbourton/monthly-2018-01-r1/full-en.json", Buffer.from("{}"), "application/json");
    for (const path of ["full-en.json", "full-en.pdf", "..%2f..%2fruns.pdf"]) {
      expect((await app().request(`/archive/harbourton/monthly-2018-01-r1/${path}`)).status).toBe(404);
    }
  });
});
