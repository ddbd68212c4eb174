import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadMessages } from "../../functions/adapters/templates/locale-messages.ts";
import { assessRegister } from "../../functions/core/assessment/assess-register.ts";
import { inReadingOrder } from "../../functions/core/register-order.ts";
import { replayRegister } from "../../functions/core/replay-register.ts";
import { office } from "../support/real-office.ts";

// Worked out by hand from the sources and the days on which each could be known; never copied from the program.
const translate = await loadMessages(fileURLToPath(new URL("../../templates", import.meta.url)), "zh-CN");
const months = replayRegister(
  inReadingOrder(office),
  "2017-11",
  "2021-12",
  (register, asOf) => assessRegister(register, asOf, "zh-CN", translate),
  { locale: "zh-CN", translate },
);

/** What became of one commitment, as `month verdict/signal → verdict/signal causes`. */
function storyOf(id: string): string[] {
  return months.flatMap(({ month, changes }) =>
    changes
      .filter((c) => c.commitmentId === id && c.kind === "flip")
      .map((c) => `${month} ${c.from?.verdict}/${c.from?.signal} → ${c.to?.verdict}/${c.to?.signal} ${c.causes.join(" ")}`),
  );
}

/** What was published of one figure, as `month kind value status since`. */
function figuresOf(metric: string, refArea: string, period: string): string[] {
  return months.flatMap(({ month, figures }) =>
    figures
      .filter(({ figure: f }) => f.metric === metric && f.refArea === refArea && f.period === period)
      .map(
        ({ kind, figure, against }) =>
          `${month} ${kind} ${figure.value} ${figure.status} ${figure.knownSince}${against ? ` ${against.value}` : ""}`,
      ),
  );
}

describe("the months from November 2017, replayed", () => {
  it("show how Kangde Xin's two parks and one city went from signed to ended", () => {
    const story = [
      // The controller's arrest was reported in a source of May 2019.
      "2019-05 announced/watch → announced/off track evidence",
      // The decision to delist of 2021-04-06 was reported the next day. The penalties of 2020 between them changed no verdict.
      "2021-04 announced/off track → ended/failed evidence",
    ];
    expect(storyOf("2017-kdx-signing")).toEqual(story);
    expect(storyOf("2017-kdx-world-class")).toEqual(story);
  });

  it("show the Hutong railway, planned for 2019, overdue by time alone and done late by evidence", () => {
    expect(storyOf("2017-hutong-railway")).toEqual([
      "2020-01 published/on track → overdue/off track time",
      "2020-07 overdue/off track → done late/watch evidence",
    ]);
  });

  it("show the budget figure of 2017 come in exactly at the number that was to be surpassed", () => {
    expect(storyOf("2017-fiscal-revenue")).toEqual(["2018-01 no data/cannot judge → on the line/watch performance"]);
    expect(figuresOf("fiscal_revenue", "张家港市", "2017")).toEqual(["2018-01 new figure 210 E 2018-01-03"]);
  });

  it("show that the GDP of 2017 was met by the estimate, and later revised without turning the verdict", () => {
    expect(storyOf("2017-gdp")).toEqual(["2018-01 no data/cannot judge → met/achieved performance"]);
    const revised = months.find((m) => m.month === "2018-11")?.changes.find((c) => c.commitmentId === "2017-gdp");
    expect(revised).toMatchObject({ kind: "revised input", from: { verdict: "met" }, to: { verdict: "met" }, cause: "revision" });
    expect(revised?.revisedInputs).toMatchObject([
      { old: { value: 2590, status: "E", knownSince: "2018-01-03" }, new: { value: 2606, status: "A", knownSince: "2018-11-20" } },
    ]);
    expect(revised?.because).toMatch(/2590 亿元（预计数，2018年1月3日起可知）改为2606 亿元（公布数，2018年11月20日起可知）/);
    expect(figuresOf("gdp", "张家港市", "2017")).toEqual([
      "2018-01 new figure 2590 E 2018-01-03",
      "2018-11 revised figure 2606 A 2018-11-20 2590",
      "2019-06 confirmed figure 2606 A 2019-06-04 2606",
    ]);
  });

  it("show the GDP of 2019 as published before the census revision, and the break when 2020 came out below it", () => {
    // No source gives 2019 anew under the revised definition: the revision shows as a break, not as a second figure of 2019.
    expect(figuresOf("gdp", "张家港市", "2019")).toEqual(["2020-05 new figure 2850 E 2020-05-29"]);
    expect(figuresOf("gdp", "张家港市", "2020")).toEqual([
      "2021-12 break in series 2686.6 A 2021-12-25 2850",
      "2021-12 confirmed figure 2686.6 P 2021-12-31 2686.6",
    ]);
    const told = (month: string, period: string) =>
      months
        .find((m) => m.month === month)
        ?.figures.find((f) => f.figure.metric === "gdp" && f.figure.refArea === "张家港市" && f.figure.period === period)?.because;
    expect(told("2020-05", "2019")).toContain("四经普修订前");
    expect(told("2021-12", "2020")).toMatch(/四经普修订后.*2019年的2850 亿元（预计数）.*四经普修订前.*不可比/);
  });

  it("show the second speech in March 2020 as new commitments, and no other", () => {
    const appeared = months.flatMap((m) => m.changes.filter((c) => c.from === null).map(() => m.month));
    expect(new Set(appeared)).toEqual(new Set(["2020-03"]));
    expect(appeared.length).toBeGreaterThan(60);
  });

  it("give no change of a month a fact that was not known by its end", () => {
    for (const { asOf, changes, figures } of months) {
      const days = [
        ...changes.flatMap((c) => c.revisedInputs.map((r) => r.new?.knownSince ?? "")),
        ...figures.map((f) => f.figure.knownSince),
      ];
      expect(days.filter((day) => day > asOf)).toEqual([]);
    }
  });

  it("list nothing but counts in the base month", () => {
    expect(months[0]).toMatchObject({ month: "2017-11", asOf: "2017-11-30", changes: [], figures: [], counts: { "on track": 1 } });
  });
});
