import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { columnsOf } from "../../functions/cli/wrap-text.ts";
import { harbourton } from "../support/office-copy.ts";
import { runBiaogan, runJson } from "../support/run-biaogan.ts";

const monthsSchema = z.array(
  z.object({
    month: z.string(),
    asOf: z.string(),
    changes: z.array(z.object({ commitmentId: z.string(), kind: z.string(), cause: z.string(), because: z.string() })),
    figures: z.array(z.object({ kind: z.string() })),
  }),
);

let store: string;
beforeAll(async () => {
  store = await mkdtemp(join(tmpdir(), "biaogan-replay-"));
});
afterAll(() => rm(store, { recursive: true, force: true }));

describe("biaogan replay", () => {
  it("prints one JSON array of months, the base first, leaving out months in which nothing happened", async () => {
    const months = monthsSchema.parse(await runJson(["replay", "--from", "2017-11", "--to", "2021-06", "--store", store]));
    expect(months[0]).toMatchObject({ month: "2017-11", asOf: "2017-11-30", changes: [], figures: [] });
    expect(months.slice(1).every((m) => m.changes.length + m.figures.length > 0)).toBe(true);
    const flips = months.flatMap((m) => m.changes.filter((c) => c.kind === "flip").map((c) => `${m.month} ${c.commitmentId} ${c.cause}`));
    for (const flip of [
      "2018-01 2017-fiscal-revenue performance",
      "2019-05 2017-kdx-signing evidence",
      "2020-01 2017-hutong-railway time",
      "2020-07 2017-hutong-railway evidence",
      "2021-04 2017-kdx-signing evidence",
    ])
      expect(flips).toContain(flip);
  });

  it("prints for a person no line wider than a terminal, with the cause in words", async () => {
    const { code, stdout, stderr } = await runBiaogan(["replay", "--from", "2017-11", "--to", "2021-06", "--store", store]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.split("\n").filter((line) => columnsOf(line) > 80)).toEqual([]);
    expect(stdout).toContain("* 2017-hutong-railway: 已公布 (正常) → 逾期 (滞后) [仅因时间]");
    expect(stdout).toContain("* 2017-gdp: 达到 (实现) [数据修订]");
  });

  it("speaks the language of the office", async () => {
    const { code, stdout } = await runBiaogan(["replay", "--from", "2025-12", "--to", "2026-07", "--data", harbourton, "--store", store]);
    expect(code).toBe(0);
    expect(stdout).toContain("[performance]");
    expect(stdout).not.toMatch(/\p{Script=Han}/u);
  });

  it.each([
    [["--from", "2021-06", "--to", "2017-11"], "--from: 2021-06 is after --to 2017-11"],
    [["--from", "2017", "--to", "2021-06"], '--from: "2017" is not a month'],
    [["--from", "2017-11", "--to", "2021-13"], '--to: "2021-13" is not a month'],
    [["--from", "1960-01", "--to", "2021-06"], "--to: from 1960-01 to 2021-06 are 738 months; at most 600"],
  ])("refuses %j", async (args, expected) => {
    const { code, stdout, stderr } = await runBiaogan(["replay", ...args, "--store", store]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(expected);
  });

  it("says in its help what the first month is and what is left out", async () => {
    const { stdout } = await runBiaogan(["replay", "--help"]);
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(/The first month is the base.*nothing changed and no figure was published are left out/);
  });
});
