import { describe, expect, it } from "vitest";
import {
  entries,
  entry,
  interview,
  isAccountedFor,
  judgeAll,
  membersOf,
  missingWithout,
  office,
  report,
  textOf,
  validate,
} from "../support/real-office.ts";

describe("the register as a whole", () => {
  it("passes everything that a user's validate checks", async () => {
    expect((await validate()).commitments).toHaveLength(entries().length);
  });

  it("has about 150 entries, more of the interview than of the report's ten lines, each under an id of its own", () => {
    expect(entries().length).toBeGreaterThanOrEqual(140);
    expect(entries().length).toBeLessThanOrEqual(200);
    expect(entries(interview).length).toBeGreaterThan(60);
    expect(entries(report).length).toBeGreaterThan(60);
    expect(new Set(entries().map((c) => c.id)).size).toBe(entries().length);
  });

  it("has every quote and every exclusion at its UTF-16 offsets", () => {
    const misplaced = [...entries(), ...office.exclusions].filter((p) => textOf(p.speech).slice(p.start, p.end) !== p.quote);
    expect(misplaced).toEqual([]);
  });

  it("never says the same thing twice: no two entries share passage, kind, title and programme", () => {
    const keys = entries().map((c) => JSON.stringify([c.speech, c.start, c.end, c.kind, c.title, c.programmes]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("gives every entry a Chinese and an English title, and every exclusion a reason in words", () => {
    expect(entries().filter((c) => !c.title["zh-CN"] || !c.title.en)).toEqual([]);
    expect(office.exclusions.filter((e) => e.reason.length < 8)).toEqual([]);
  });

  it("declares a target for every quantified target, and a place for every benchmark that names one", () => {
    expect(entries().filter((c) => c.kind === "quantified-target" && !c.target?.period && !c.target?.due)).toEqual([]);
    const placeless = entries().filter((c) => c.kind === "benchmark" && !c.benchmark);
    expect(placeless.map((c) => c.id)).toEqual(["s2020-compete-with-best"]);
  });

  it("assesses every entry once both speeches are given", () => {
    expect(
      judgeAll("2020-03-09")
        .map((a) => a.commitmentId)
        .toSorted(),
    ).toEqual(
      entries()
        .map((c) => c.id)
        .toSorted(),
    );
  });
});

describe("coverage", () => {
  it("leaves nothing of either text uncovered", () => {
    expect(missingWithout(interview)).toEqual([]);
    expect(missingWithout(report)).toEqual([]);
  });

  it.each([
    [interview, ["2017-fiscal-revenue"], ["210"]],
    [interview, ["2017-gdp", "2017-gdp-growth"], ["2500", "7"]],
    [interview, ["2017-two-highs", "2017-high-speed-rail-town", "2017-high-tech-zone"], ["“两个高”"]],
    [interview, ["2017-civilised-city"], ["“五连冠”"]],
    [report, ["s2020-three-zones-one-park"], ["“三区一园”"]],
    [report, ["s2020-october-rally"], ["10", "“三超一争”", "“响鼓重锤”"]],
    [report, ["s2020-annual-assessment"], ["2019"]],
  ])("names what is missing from %s without %j", (speech, ids, missing) => {
    expect(missingWithout(speech, ...ids)).toEqual(missing);
  });

  // Every number of the two texts, written out from reading them: in digits first, then in words, which no program looks for.
  it.each([
    [interview, "2017-11-17 09:25:19", 0],
    [interview, "2020年", 0],
    [interview, "6个方面", 0],
    [interview, "未来3年", 0],
    [interview, "2500亿元", 0],
    [interview, "7%", 0],
    [interview, "210亿元", 0],
    [interview, "70%", 0],
    [interview, "50%", 0],
    [interview, "3条高铁", 0],
    [interview, "近3000亿元", 0],
    [interview, "超过两位数增长", 0],
    [interview, "实现两位数的增长", 0],
    [interview, "国内最大", 0],
    [interview, "世界前三", 0],
    [interview, "四分之一", 0],
    [interview, "五连冠", 0],
    [interview, "本世纪中叶", 0],
    [interview, "今年初", 0],
    [report, "3月9日", 0],
    [report, "2019年度", 0],
    [report, "2019年度", 1],
    [report, "去年10月", 0],
    [report, "千人", 0],
    [report, "千斤担", 0],
    [report, "一批", 0],
  ])("%s: accounts for %s (place %i)", (speech, words, nth) => {
    expect(isAccountedFor(speech, words, nth)).toBe(true);
  });
});

describe("the English of the register", () => {
  const terms = (text: string) => text.match(/“[^“”]*”/g)?.length ?? 0;

  it("is there for every quote, note, reason and member", () => {
    const texts = entries().flatMap(({ translations, note, notScored, members }) => [
      translations ?? {},
      ...[note, notScored].filter((t) => t !== undefined),
      ...(Array.isArray(members) ? members : []),
    ]);
    expect(texts.filter((t) => t.en === undefined || /\p{Script=Han}/u.test(t.en))).toEqual([]);
  });

  it("marks as a term what a quote marks as one", () => {
    const unlike = entries().filter((c) => terms(c.quote) !== terms(c.translations?.en ?? ""));
    expect(unlike.map((c) => c.id)).toEqual([]);
  });

  it.each([
    ["2017-gdp-growth", ["250 billion yuan", "7%", "expected"]],
    ["2017-fiscal-revenue", ["over 21 billion yuan", "expected"]],
    ["2017-trade-growth", ["double-digit"]],
    ["2017-shagang-process", ["70%", "50%"]],
    ["2017-listed-share-of-suzhou", ["close to 300 billion yuan", "a quarter"]],
    ["2017-question-2020-xiaokang", ["2020"]],
    ["s2020-rally", ["9 March", "2019"]],
  ])("keeps the numbers of %s and how they were meant", (id, words) => {
    for (const word of words) expect(entry(id).translations?.en).toContain(word);
  });
});

describe("what the texts list, member by member", () => {
  // Quotes may be shared: what counts is that each has an entry that begins with it.
  const begins = (speech: string, words: string) => entries(speech).filter((c) => c.quote.startsWith(words));

  it.each(["实力港城", "活力港城", "美丽港城", "人文港城"])("has %s, a member of the four port cities", (member) => {
    expect(membersOf("2017-four-port-cities")).toContain(member);
    const own = entries(interview).filter((c) => c.quote.endsWith(member) && c.parent === "2017-four-port-cities");
    expect(own).toHaveLength(1);
  });

  it.each(["一、要走好“开放路”", "二、要积蓄“源动力”", "三、要确立“鸿鹄志”", "四、要共赴“新征程”"])(
    "has the numbered point %s",
    (words) => {
      expect(begins(report, words)).toHaveLength(1);
    },
  );

  it.each(["要聚焦产业转型", "要聚焦优势企业", "要聚焦现代园区", "要聚焦科技人才"])("has %s under the second point", (words) => {
    expect(begins(report, words).map((c) => c.parent)).toEqual(["s2020-point-2"]);
  });

  it.each(["要在开放中加快转型", "要在开放中谋划创新", "要在开放中提升能级", "要在开放中加强保护", "要在开放中优化服务"])(
    "has %s under the third",
    (words) => {
      expect(begins(report, words).map((c) => c.parent)).toEqual(["s2020-point-3"]);
    },
  );

  it.each(["党员干部是先锋队", "企业家是顶梁柱", "市民群众是主力军"])("has %s under the fourth", (words) => {
    expect(begins(report, words).map((c) => c.parent)).toEqual(["s2020-point-4"]);
  });

  it("has no 要聚焦 and no 要在开放中 of the text beside these nine", () => {
    expect(textOf(report).split("\n要聚焦").length - 1).toBe(4);
    expect(textOf(report).split("\n要在开放中").length - 1).toBe(5);
  });

  it("has the six places to learn from, and no other", () => {
    const places = entries().flatMap((c) => (c.benchmark ? [c.benchmark.refArea] : []));
    expect(places.toSorted()).toEqual(["昆山市", "苏州工业园区", "深圳市南山区", "上海市长宁区", "北九州市", "马尔默市"].toSorted());
    expect(membersOf("2017-role-models")).toEqual(["昆山", "园区", "深圳南山", "上海长宁", "北九州", "马尔默"]);
  });

  it("has the three commended firms, by their full names", () => {
    const firms = entries(report).filter((c) => c.kind === "recognition");
    expect(firms.map((c) => c.quote)).toEqual(["江苏沙钢集团有限公司", "玖隆钢铁物流有限公司", "江苏沙钢国际贸易有限公司"]);
  });

  it.each([
    ["2017-three-transformations", ["传统产业转型", "港口转型", "化工转型"]],
    ["2017-six-aspects", ["产业", "创新", "富民", "城市", "生态", "文明"]],
    ["2017-green-production", ["排放减量化", "经济循环化", "资源替代化"]],
    ["2017-zhangjiagang-spirit", ["敢于争先", "敢于拼抢"]],
  ])("lists the members of %s as the text names them", (id, members) => {
    expect(membersOf(id)).toEqual(members);
    for (const member of members) expect(textOf(interview)).toContain(member);
  });

  it.each([
    "容错免责",
    "担当作为好干部",
    "科技创新积分",
    "人才安居工程",
    "港城合伙人",
    "产业资本中心",
    "绿色领跑者",
    "生态责任审计",
    "一企一院",
    "高铁新城",
    "高新区",
  ])("has the named scheme %s as a programme with a name to look for", (scheme) => {
    const own = entries(interview).filter(
      (c) => c.quote.includes(scheme) && c.kind === "programme-or-mechanism" && c.programmes.length > 0,
    );
    expect(own.length).toBeGreaterThan(0);
  });
});
