import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { columnsOf, wrapText } from "../../functions/cli/wrap-text.ts";
import { copyHarbourton, harbourton } from "../support/office-copy.ts";
import { entry, textOf } from "../support/real-office.ts";
import { runBiaogan, runJson } from "../support/run-biaogan.ts";

let store: string;
beforeAll(async () => {
  store = await mkdtemp(join(tmpdir(), "biaogan-explain-"));
});
afterAll(() => rm(store, { recursive: true, force: true }));

const explain = (id: string, asOf: string, ...more: string[]) => runBiaogan(["explain", id, "--as-of", asOf, "--store", store, ...more]);
const explainJson = (id: string, asOf: string) => runJson(["explain", id, "--as-of", asOf, "--store", store]);

describe("biaogan explain", () => {
  it("leads from the sentence to the verdict: place, speaker, figures with the one that lost and why, method, numbers", async () => {
    const { code, stdout, stderr } = await explain("2017-gdp", "2018-12-31");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const text = stdout.replaceAll(/\s+/g, "");
    for (const part of [
      "【我们今年GDP预计超过2500亿元】,增长超过7%",
      "2305–2322",
      "2017年11月17日·发布日期",
      "朱立凡·本人原话·预测",
      "▶2017年:2606亿元·公布数·2018年11月20日起可知",
      "http://m.zgkjsz.com/page/2018/1120/4505644.shtml",
      "未采用：2590亿元·预计数·2018年1月3日起可知",
      "规则：最终数优先于初步数",
      "未采用：2230亿元",
      "规则：原始来源优先于报刊",
      "2606（2605.5至2606.5）对>2500",
      "实现·达到",
    ])
      expect(text).toContain(part);
  });

  it("counts what was known only later, with its days, and shows nothing of it", async () => {
    const { stdout } = await explain("2017-gdp", "2018-01-31");
    expect(stdout.replaceAll(/\s+/g, "")).toContain("其后才可知、未予采用的数：10个（2018-02-05,2018-11-20,");
    expect(stdout).not.toContain("2606");
    const railway = await explain("2017-hutong-railway", "2020-02-29");
    expect(railway.stdout).toContain("其后才可知、未予采用的证据：4 条（2020-07-02）");
    expect(railway.stdout).not.toContain("1小时6分钟");
  });

  it("shows the statements also where figures decide", async () => {
    expect(await explainJson("s2020-focus", "2024-01-31")).toMatchObject({
      method: { id: "direction" },
      evidence: [{ stage: "announced" }, { id: "project-speed-year-signing" }],
    });
  });

  it("names the definition of each figure where they are of two, which are not compared", async () => {
    const { stdout } = await explain("2017-strong-port-city", "2022-12-31");
    const text = stdout.replaceAll(/\s+/g, "");
    expect(text).toContain("2016年:44.4%·公布数·2018年2月5日起可知·原始来源·新兴产业");
    expect(text).toContain("2021年上半年:39.2%·公布数·2021年8月20日起可知·报刊或第三方·战略性新兴产业");
    expect(text).toContain("两个名称口径不同，不可比");
    expect(text).toContain("不能判定·只有一期");
  });

  it("marks the break at which a series begins anew, and compares nothing across it", async () => {
    const office = await copyHarbourton();
    const air = ["explain", "cleaner-air", "--as-of", "2026-06-30", "--data", office.dir, "--store", store];
    expect((await runBiaogan(air)).stdout).toContain("on track · improving");
    await office.edit("observations/harbourton.csv", "no2_mean,Harbourton,2025,20.2,µg/m³,0,A", "no2_mean,Harbourton,2025,20.2,µg/m³,0,B");
    const { stdout } = await runBiaogan(air);
    await office.remove();
    const text = stdout.replaceAll(/\s+/g, " ");
    expect(text).toContain("2025: 20.2 µg/m³ · break in series · known since 31 March 2026");
    expect(text).toContain("cannot judge · one period only");
  });

  it("gives the same as a document", async () => {
    const { start, end, quote, speech } = entry("2017-gdp");
    const line = textOf(speech).slice(0, start).split("\n").length;
    expect(await explainJson("2017-gdp", "2018-12-31")).toMatchObject({
      commitmentId: "2017-gdp",
      asOf: "2018-12-31",
      passage: { quote, start, end, line, speech, date: "2017-11-17", voice: "leader", modality: "forecast" },
      entry: { kind: "quantified-target", parent: { id: "2017-strong-port-city" } },
      measures: [{ use: "target", metric: "gdp", later: { count: 8 }, target: { value: 2500 } }],
      method: { id: "threshold", bands: expect.any(String), source: expect.any(String) },
      verdict: "met",
      signal: "achieved",
      inputs: [
        { value: 2606, role: "decides" },
        { value: 2590, role: "superseded" },
      ],
    });
  });

  it.each([
    ["2017-gdp", "2026-11-22"],
    ["2017-hutong-railway", "2021-06-30"],
    ["2017-four-port-cities", "2018-01-31"],
    ["2017-headline-port-cities", "2018-01-31"],
    ["2017-learn-from-kunshan", "2021-12-31"],
    ["s2020-october-rally", "2021-12-31"],
    ["2017-kdx-signing", "2021-04-30"],
  ])("fits %s on a terminal of 80 columns; only addresses are longer", async (id, asOf) => {
    const { code, stdout } = await explain(id, asOf);
    expect(code).toBe(0);
    expect(stdout.split("\n").filter((l) => columnsOf(l) > 80 && !/^\s*https?:\S+$/.test(l))).toEqual([]);
  });

  it("lists the members that the text gives a framework, and the entries that belong to it", async () => {
    expect(await explainJson("2017-four-port-cities", "2018-01-31")).toMatchObject({
      entry: {
        members: ["实力港城", "活力港城", "美丽港城", "人文港城"],
        parts: expect.arrayContaining([expect.objectContaining({ id: "2017-strong-port-city" })]),
      },
    });
  });

  it("gives the reason instead of a method for what is not scored", async () => {
    const { stdout } = await explain("2017-headline-port-cities", "2018-01-31");
    expect(stdout).toContain("不评分的理由: 报纸的标题");
    expect(stdout).not.toContain("公式:");
  });

  it("speaks the language of the office", async () => {
    const { code, stdout } = await explain("homes-2025", "2026-06-30", "--data", harbourton);
    expect(code).toBe(0);
    expect(stdout).toContain("== The verdict");
    expect(stdout).not.toMatch(/\p{Script=Han}/u);
  });

  it.each([
    ["2017-gpd", "2018-01-31", "2017-gpd: there is no commitment of this id (did you mean 2017-gdp?)"],
    ["s2020-speed-year", "2020-03-08", "--as-of: on 2020-03-08 s2020-speed-year was not yet made; it was on 2020-03-09"],
    ["2017-gdp", "2018-02-30", '--as-of: "2018-02-30" is not a date that exists'],
  ])("refuses %s on %s", async (id, asOf, expected) => {
    const { code, stdout, stderr } = await explain(id, asOf, "--json");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(expected);
  });
});

describe("lines of a terminal", () => {
  it("count a Chinese character as two columns", () => {
    expect(columnsOf("GDP增长7%")).toBe(9);
  });

  it("break between Chinese characters and between words, and begin with no closing mark", () => {
    expect(wrapText("预计超过，二千五百亿元", "", "", 8)).toEqual(["预计超", "过，二千", "五百亿元"]);
    expect(wrapText("one two three", "- ", "  ", 7)).toEqual(["- one", "  two", "  three"]);
  });

  it("leave an address whole", () => {
    expect(wrapText("see http://example.org/a/long/address", "", "", 10)).toEqual(["see", "http://example.org/a/long/address"]);
  });
});
