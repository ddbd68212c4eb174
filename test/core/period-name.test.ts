import { describe, expect, it } from "vitest";
import { periodInSentence, periodName, periodWhen } from "../../functions/core/period-name.ts";

describe("a period", () => {
  it.each([
    ["2017", "2017", "2017", "in 2017"],
    ["2021-S1", "first half of 2021", "the first half of 2021", "in the first half of 2021"],
    ["2018-Q1", "Q1 2018", "the first quarter of 2018", "in the first quarter of 2018"],
    ["2018-Q4", "Q4 2018", "the fourth quarter of 2018", "in the fourth quarter of 2018"],
    ["2019-08", "August 2019", "August 2019", "in August 2019"],
    ["2021-03-31", "31 March 2021", "31 March 2021", "on 31 March 2021"],
    ["2012-01-01/P5Y", "2012–2016", "2012–2016", "in 2012–2016"],
    ["no period", "no period", "no period", "no period"],
  ])("%s is %s in a table, %s in a sentence, and %s says when", (id, name, phrase, when) => {
    expect(periodName(id, "en")).toBe(name);
    expect(periodInSentence(id, "en")).toBe(phrase);
    expect(periodWhen(id, "en")).toBe(when);
  });

  it.each(["2017", "2021-S1", "2018-Q1", "2021-03-31"])("%s is the same everywhere in Chinese", (id) => {
    expect(periodInSentence(id, "zh-CN")).toBe(periodName(id, "zh-CN"));
    expect(periodWhen(id, "zh-CN")).toBe(periodName(id, "zh-CN"));
  });
});
