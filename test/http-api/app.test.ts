import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createFolderArchive } from "../../functions/adapters/archive/folder-archive.ts";
import { createArchiveLinkSigner } from "../../functions/adapters/archive-link-signer.ts";
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
const keys = { k1: "a".repeat(40) };
const signer = createArchiveLinkSigner(keys);
let now = "2026-07-03T01:00:00.000Z";
const app = () =>
  createHttpApi({
    archive,
    workflow,
    templates,
    link: async (key) => `https://signed.example/${key}`,
    checkLink: async (token) => signer.check(token, now),
  });
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

  it("shows both revisions of an issue, and which supersedes which", async () => {
    for (const file of ["r1/full-en", "r1/one-page-en", "r2/one-page-en", "r3/full-en"]) {
      await put(`briefings/harbourton/monthly-2018-01-${file}.pdf`);
    }
    const page = await (await app().request("/archive?lang=en")).text();
    const lines = [...page.matchAll(/<li>(.*)<\/li>/g)].map(([, line = ""]) => line.replaceAll(/<[^>]*>/g, ""));
    expect(lines).toEqual([
      "full-en · correction of monthly-2018-01-r1",
      "one-page-en · correction of monthly-2018-01-r1",
      "full-en · superseded by monthly-2018-01-r3",
      "one-page-en · superseded by monthly-2018-01-r2",
    ]);
  });

  it("gives out nothing but documents that were issued", async () => {
    await archive.put("briefings/harbourton/monthly-2018-01-r1/full-en.json", Buffer.from("{}"), "application/json");
    for (const path of ["full-en.json", "full-en.pdf", "..%2f..%2fruns.pdf"]) {
      expect((await app().request(`/archive/harbourton/monthly-2018-01-r1/${path}`)).status).toBe(404);
    }
  });
});

describe("the link that a mail carries", () => {
  const issue = { office: "harbourton", run: "monthly-2018-01-r1", edition: "full-en" };
  const token = signer.sign(issue, "2026-07-03T01:00:00.000Z");
  const open = (path: string) => app().request(`/issue/${path}`);
  beforeEach(async () => {
    now = "2026-07-03T01:00:00.000Z";
    await put("briefings/harbourton/monthly-2018-01-r1/full-en.pdf");
    await put("briefings/harbourton/monthly-2018-02-r1/full-en.pdf");
  });

  it("opens the issue that it names by an address that dies, and is kept nowhere on the way", async () => {
    const answer = await open(token);
    expect(answer.status).toBe(303);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      location: "https://signed.example/briefings/harbourton/monthly-2018-01-r1/full-en.pdf",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    });
  });

  it("is a problem in words when it has expired, was altered or cut off, or is signed by another", async () => {
    const problem = async (path: string) => {
      const answer = await open(path);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(answer.headers.get("location")).toBeNull();
      expect(answer.headers.get("cache-control")).toBe("no-store");
      const { status, title } = z.object({ status: z.number(), title: z.string() }).parse(await answer.json());
      expect(status).toBe(answer.status);
      return [status, title];
    };
    const altered = [403, "This is not a link that was mailed; it may have been cut off"];
    expect(await problem(token.replace("2018-01", "2018-02"))).toEqual(altered);
    expect(await problem(token.slice(0, -5))).toEqual(altered);
    expect(await problem("..%2f..%2fbriefings")).toEqual(altered);
    expect(await problem(createArchiveLinkSigner({ k1: "b".repeat(40) }).sign(issue, now))).toEqual(altered);
    expect(await problem(createArchiveLinkSigner({ k2: "b".repeat(40) }).sign(issue, now))).toEqual([
      403,
      "This link is no longer believed; ask the office for the issue",
    ]);
    expect(await problem(signer.sign({ ...issue, edition: "theme-homes-en" }, now))).toEqual([404, "This document is not in the archive"]);
    now = "2026-10-01T01:00:00.000Z";
    expect(await problem(token)).toEqual([410, "This link has expired; ask the office for the issue"]);
  });
});
