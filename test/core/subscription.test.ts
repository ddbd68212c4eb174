import { describe, expect, it } from "vitest";
import { officeSchema } from "../../functions/core/office.ts";
import { type Subscription, subscriptionSchema, subscriptionsFor } from "../../functions/core/subscription.ts";
import { aRegister } from "../support/register-builder.ts";

const office = officeSchema.parse({
  ...aRegister({}).office,
  themes: [
    { id: "growth", name: { en: "Growth" } },
    { id: "en", name: { en: "A theme that is called like a language" } },
  ],
  owners: [{ id: "port", name: { en: "Port" }, basis: "stated" }],
});

const written = { id: "li-wei", name: "李伟", address: "li.wei@example.org", language: "zh-CN", editions: ["full"], from: "2026-01-01" };

function subscription(parts: Partial<Subscription> = {}): Subscription {
  return subscriptionSchema.parse({ ...written, ...parts });
}

const refusal = (parts: object) => subscriptionSchema.safeParse({ ...written, ...parts }).error?.issues.map((i) => i.message);

describe("a subscription", () => {
  it.each([
    "li.wei@example.org",
    "a@b.example",
    "o'brien+briefing@mail.example.co.uk",
    "12345@qq.example",
    "x_@example.org",
    "li@xn--fiqs8s.example",
    "li@example.xn--p1ai",
    `${"a".repeat(64)}@example.org`,
  ])("takes the address %s", (address) => {
    expect(subscription({ address }).address).toBe(address);
  });

  it.each([
    ["a display name", "Li Wei <li.wei@example.org>"],
    ["brackets", "<li.wei@example.org>"],
    ["two addresses", "a@example.org,b@example.org"],
    ["two addresses", "a@example.org; b@example.org"],
    ["a line break and a header", "a@example.org\r\nBcc: b@example.org"],
    ["a line break at its end", "a@example.org\n"],
    ["a space", " a@example.org"],
    ["a quoted name", '"a@b"@example.org'],
    ["a comment", "a(comment)@example.org"],
    ["a formula", "=cmd|'/c calc'!A1@example.org"],
    ["a formula", "+1@example.org"],
    ["a formula", "@SUM(A1)@example.org"],
    ["a domain that is not ASCII", "li@例子.example"],
    ["a name that is not ASCII", "李@example.org"],
    ["emoji", "😀@example.org"],
    ["an invisible mark", "a\u200b@example.org"],
    ["a domain of one label", "root@localhost"],
    ["an IP address", "a@[127.0.0.1]"],
    ["an IP address", "a@127.0.0.1"],
    ["two dots", "a..b@example.org"],
    ["a dot at an end", "a.@example.org"],
    ["a hyphen at a label's end", "a@example-.org"],
    ["a name of 65", `${"a".repeat(65)}@example.org`],
    ["300 characters", `a@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.${"f".repeat(50)}.example`],
    ["nothing", ""],
  ])("refuses an address with %s: %j", (_, address) => {
    expect(refusal({ address })).toBeDefined();
  });

  it("does not stumble over an address that is made to take long", () => {
    const started = performance.now();
    for (const address of [`${"a".repeat(50_000)}`, `${"a.".repeat(25_000)}@`, `a@${"a.".repeat(25_000)}`]) refusal({ address });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it("has the document come with the mail unless it says otherwise", () => {
    expect(subscription().form).toBe("attachment");
    expect(subscription({ form: "link" }).form).toBe("link");
    expect(subscription({ form: "both" }).form).toBe("both");
    expect(refusal({ form: "fax" })).toEqual([expect.stringContaining('"attachment"|"link"|"both"')]);
  });

  it.each(["José 😀 Núñez", "محمد بن علي", 'O\'Brien, Ada "Al" <x>', "港".repeat(100), "👩‍👩‍👧‍👦 family"])("takes the name %s", (name) => {
    expect(subscription({ name }).name).toBe(name);
  });

  it.each([
    ["a line break", "Li\r\nBcc: x@example.org", /one line/],
    ["Unicode's line separator", "Li\u2028Wei", /one line/],
    ["a mark that turns writing around", "Li\u202Egnp.exe", /direction/],
    ["a formula", '=HYPERLINK("http://x.example","y")', /formula/],
    ["300 characters", "x".repeat(300), /100 characters/],
    ["half a character", "\ud83d", /one line/],
    ["a space at its end", "Li ", /spaces/],
  ])("refuses a name with %s and says what to write", (_, name, message) => {
    expect(refusal({ name })?.join("\n")).toMatch(message);
    expect(refusal({ office: name })?.join("\n")).toMatch(message);
  });

  it("refuses an id that cannot be a tag, an end before the beginning, no edition, and fields that there are not", () => {
    for (const id of ["Li Wei", "li_wei", "li@example.org", "李", "a".repeat(65)]) expect(refusal({ id })).toBeDefined();
    expect(refusal({ until: "2025-12-31" })).toEqual(["ends before it begins"]);
    expect(refusal({ until: "2026-01-01" })).toBeUndefined();
    expect(refusal({ editions: [] })).toEqual(["name an edition, for example full"]);
    expect(refusal({ bcc: "x@example.org" })).toBeDefined();
  });
});

const editionIds = ["full-zh-CN", "full-en", "one-page-zh-CN", "theme-growth-zh-CN", "theme-growth-en", "theme-en-zh-CN", "owner-port-en"];
const due = (subscriptions: Subscription[], day = "2026-08-04", ids = editionIds) =>
  subscriptionsFor(subscriptions, ids, day, office).map((s) => `${s.recipient} ${s.edition}`);

describe("who gets which edition", () => {
  it("is told by an edition's name, in the reader's language where it names none", () => {
    expect(due([subscription()])).toEqual(["li-wei full-zh-CN"]);
    expect(due([subscription({ language: "en" })])).toEqual(["li-wei full-en"]);
    expect(due([subscription({ editions: ["full-en"] })])).toEqual(["li-wei full-en"]);
  });

  it("is told by a name for several", () => {
    expect(due([subscription({ editions: ["theme"] })])).toEqual(["li-wei theme-growth-zh-CN", "li-wei theme-en-zh-CN"]);
    expect(due([subscription({ editions: ["all-en"] })])).toEqual(["li-wei full-en", "li-wei theme-growth-en", "li-wei owner-port-en"]);
    // A theme may be called "en": then its own name goes first, whether it has an edition this month or not.
    expect(due([subscription({ editions: ["theme-en"] })])).toEqual(["li-wei theme-en-zh-CN"]);
    expect(due([subscription({ editions: ["theme-en"] })], "2026-08-04", ["theme-growth-en"])).toEqual([]);
  });

  it("holds each pair once, however often it is asked for", () => {
    expect(due([subscription({ editions: ["full", "full-zh-CN", "all"] })])).toEqual([
      "li-wei full-zh-CN",
      "li-wei one-page-zh-CN",
      "li-wei theme-growth-zh-CN",
      "li-wei theme-en-zh-CN",
    ]);
    expect(due([subscription()], "2026-08-04", ["full-zh-CN", "full-zh-CN"])).toEqual(["li-wei full-zh-CN"]);
  });

  it("sends an address an edition once, even while the table holds a reader under an old id and a new one", () => {
    const [old, renamed] = [
      subscription({ id: "old", editions: ["full", "one-page"] }),
      subscription({ id: "new", address: "Li.Wei@Example.org" }),
    ];
    expect(due([old, renamed])).toEqual(["new full-zh-CN", "old one-page-zh-CN"]);
  });

  it("begins on the first day and ends after the last", () => {
    const term = [subscription({ from: "2026-08-04", until: "2026-09-30" })];
    expect(["2026-08-03", "2026-08-04", "2026-09-30", "2026-10-01"].map((day) => due(term, day).length)).toEqual([0, 1, 1, 0]);
  });

  it("leaves out who rests", () => {
    expect(due([subscription({ paused: true })])).toEqual([]);
  });

  it("comes by recipient, then in the order of the editions", () => {
    const both = { editions: ["one-page", "full"] };
    expect(due([subscription({ ...both, id: "b", address: "b@example.org" }), subscription({ ...both, id: "a" })])).toEqual([
      "a full-zh-CN",
      "a one-page-zh-CN",
      "b full-zh-CN",
      "b one-page-zh-CN",
    ]);
  });
});
