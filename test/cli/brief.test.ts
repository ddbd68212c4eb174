import { createHash } from "node:crypto";
import { access, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { copyHarbourton, harbourton, type OfficeCopy } from "../support/office-copy.ts";
import { readPdf } from "../support/pdf-text.ts";
import { runBiaogan, runJson } from "../support/run-biaogan.ts";

const madeSchema = z.object({
  run: z.string(),
  edition: z.string(),
  asOf: z.string(),
  pdf: z.string(),
  pages: z.number(),
  sha256: z.string(),
});

let office: OfficeCopy;
let store: string;

beforeAll(async () => {
  office = await copyHarbourton();
  store = await mkdtemp(join(tmpdir(), "biaogan-store-"));
});
afterAll(async () => {
  await office.remove();
  await rm(store, { recursive: true, force: true });
});

function brief(period: string, ...more: string[]) {
  return ["brief", "--period", period, "--data", office.dir, "--store", store, ...more];
}

describe("biaogan brief", () => {
  it("ends with the path of a PDF and one line that says what is in it", async () => {
    const { code, stdout, stderr } = await runBiaogan(brief("2026-06"));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [path = "", line = "", ...rest] = stdout.trimEnd().split("\n");
    expect(rest).toEqual([]);
    expect(path).toMatch(/\/full-en\.pdf$/);
    expect(line).toMatch(/Harbourton.*June 2026.*statements.*pages.*2026-06-30/);
    expect((await readFile(path)).subarray(0, 5).toString()).toBe("%PDF-");
  });

  it("makes the same bytes again, and leaves what was published as it is", async () => {
    const first = madeSchema.parse(await runJson(brief("2026-06")));
    const second = madeSchema.parse(await runJson(brief("2026-06")));
    expect(second).toEqual(first);
    expect(first.run).toBe("monthly-2026-06-r1");
    expect(
      createHash("sha256")
        .update(await readFile(first.pdf))
        .digest("hex"),
    ).toBe(first.sha256);
    const elsewhere = await mkdtemp(join(tmpdir(), "biaogan-store-"));
    const third = madeSchema.parse(await runJson(["brief", "--period", "2026-06", "--data", harbourton, "--store", elsewhere]));
    expect(third.sha256).toBe(first.sha256);
    await rm(elsewhere, { recursive: true });
  });

  it("marks a fictional office on every page and prints every quote of the month", async () => {
    const { pdf } = madeSchema.parse(await runJson(brief("2026-06")));
    const { pages, fonts } = await readPdf(await readFile(pdf));
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) expect(page.replaceAll(/\s/g, "")).toContain("FICTIONALEXAMPLE");
    const text = pages.join("").replaceAll(/\s/g, "");
    const register = z.array(z.object({ quote: z.string() })).parse(await runJson(["register", "--data", office.dir]));
    for (const { quote } of register) expect(text).toContain(quote.replaceAll(/\s/g, ""));
    expect(fonts.filter((f) => f.subtype === "/Type3")).toEqual([]);
  });

  it("puts a copy where it is told to", async () => {
    const out = join(store, "desk", "out");
    const { pdf } = madeSchema.parse(await runJson(brief("2026-06", "--out", out)));
    expect(await readdir(out)).toEqual(["harbourton-monthly-2026-06-r1-full-en.pdf"]);
    expect(pdf).toBe(join(out, "harbourton-monthly-2026-06-r1-full-en.pdf"));
  });

  it("uses only what was known on the as-of day, and gives a changed month its next revision", async () => {
    const before = madeSchema.parse(await runJson(brief("2026-04")));
    expect(before).toMatchObject({ run: "monthly-2026-04-r1", asOf: "2026-04-30" });
    const later = madeSchema.parse(await runJson(brief("2026-04", "--as-of", "2026-05-31")));
    expect(later).toMatchObject({ run: "monthly-2026-04-r2", asOf: "2026-05-31" });
    expect(later.sha256).not.toBe(before.sha256);
    expect(madeSchema.parse(await runJson(brief("2026-04")))).toEqual(before);
  });

  it("makes both languages in one run", async () => {
    const made = z.array(madeSchema).parse(await runJson(brief("2026-06", "--edition", "full-en", "full-zh-CN")));
    expect(made.map((m) => [m.run, m.edition])).toEqual([
      ["monthly-2026-06-r1", "full-en"],
      ["monthly-2026-06-r1", "full-zh-CN"],
    ]);
  });

  it.each([
    [["--period", "2018-13"], '--period: "2018-13" is not a month'],
    [["--period", "soon"], '--period: "soon" is not a month'],
    [["--period", "2018"], '--period: "2018" is not a month'],
    [["--period", "2018-02", "--as-of", "2018-02-30"], '--as-of: "2018-02-30" is not a date that exists'],
    [["--period", "2018-02", "--edition", "pocket"], '--edition: there is no edition "pocket"; there are full'],
    [["--period", "2018-02", "--data", "/nowhere"], "/nowhere"],
    [["--period", "2025-02"], "--period: 2025-02 is before the first issue, which is that of 2025-03"],
    [["--period", "2026-06", "--as-of", "2026-05-31"], "--as-of: 2026-05-31 is before the month reported on, 2026-06"],
    [["--period", "2026-06", "--from", "some.pdf"], "--from: the file says which month it is"],
  ])("refuses %j, names the mistake and writes nothing", async (args, message) => {
    const untouched = join(store, "untouched");
    const { code, stdout, stderr } = await runBiaogan(["brief", "--data", office.dir, "--store", untouched, ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).toContain("Nothing was changed.");
    await expect(access(untouched)).rejects.toThrow();
  });

  it("says which option is missing or unknown", async () => {
    expect((await runBiaogan(["brief"])).stderr).toContain("--period");
    expect((await runBiaogan(["brief", "--period", "2018-01", "--perod", "2018-01"])).stderr).toContain("--perod");
    expect((await runBiaogan(["bref"])).code).toBe(1);
  });
});
