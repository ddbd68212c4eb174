import { createHmac, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createArchiveLinkSigner } from "../../functions/adapters/archive-link-signer.ts";
import { linkKeysSchema } from "../../functions/core/archive-link.ts";

const keys = { k1: "a".repeat(40), k2: "b".repeat(40) };
const first = createArchiveLinkSigner({ k1: keys.k1 });
const both = createArchiveLinkSigner(keys);
const issue = { office: "harbourton", run: "monthly-2026-06-r1", edition: "full-en" };
const now = "2026-07-03T01:00:00.000Z";
const token = first.sign(issue, now);
const outcome = (altered: string, at = now, signer = first) => signer.check(altered, at).outcome;

describe("the link to an issue", () => {
  it("names what it opens, stands in an address as it is, and is signed as can be checked by hand", () => {
    // 2026-10-01T01:00:00Z, ninety days later, is 1,790,816,400 seconds after 1970: tm7es0 in base 36.
    const claim = "k1.harbourton.monthly-2026-06-r1.full-en.tm7es0";
    const signature = createHmac("sha256", keys.k1).update(`issue.${claim}`).digest("base64url");
    expect(token).toBe(`${claim}.${signature}`);
    expect(encodeURIComponent(token)).toBe(token);
    expect(token.length).toBeLessThan(100);
  });

  it("opens that issue until the last moment of ninety days, and then no more", () => {
    const valid = { outcome: "valid", scope: issue };
    expect(first.check(token, now)).toEqual(valid);
    expect(first.check(token, "2026-10-01T00:59:59.999Z")).toEqual(valid);
    expect(first.check(token, "2026-10-01T01:00:00.000Z")).toEqual({ outcome: "expired" });
  });

  it.each([
    { ...issue, edition: "full-zh-CN" },
    { ...issue, run: "monthly-2026-06-r2" },
    { ...issue, office: "zhangjiagang" },
  ])("opens no other issue: $office $run $edition", (wanted) => {
    expect(first.check(token, now, wanted)).toEqual({ outcome: "other issue" });
    expect(first.check(token, now, issue).outcome).toBe("valid");
    expect(outcome(token.replace(/^k1\.[^.]+\.[^.]+\.[^.]+/, `k1.${wanted.office}.${wanted.run}.${wanted.edition}`))).toBe("altered");
  });

  it("is refused when one character of it is another, wherever that stands", () => {
    for (let place = 0; place < token.length; place += 1) {
      for (const other of ["A", "z", "0", "-", ".", "é"]) {
        if (token[place] === other) continue;
        const altered = token.slice(0, place) + other + token.slice(place + 1);
        expect(["altered", "unknown key"], altered).toContain(outcome(altered));
      }
    }
  });

  it("is refused when its last character says the same bytes in another way", () => {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = letters.indexOf(token.at(-1) ?? "");
    expect(last % 4).toBe(0);
    for (const spare of [1, 2, 3]) expect(outcome(token.slice(0, -1) + letters[last + spare])).toBe("altered");
  });

  it("is refused cut off anywhere, longer, empty, and very long", () => {
    for (let length = 0; length < token.length; length += 1) expect(outcome(token.slice(0, length)), String(length)).toBe("altered");
    for (const longer of [`${token}A`, `${token}.`, ` ${token}`, `${token}\n`, token.repeat(2), "k1.".repeat(1e6)]) {
      expect(outcome(longer)).toBe("altered");
    }
  });

  it("is refused with its time set forward", () => {
    expect(outcome(token.replace(".tm7es0.", ".zzzzzz."))).toBe("altered");
  });

  it("is refused when another's key signed it under the same name", () => {
    expect(outcome(createArchiveLinkSigner({ k1: "c".repeat(40) }).sign(issue, now))).toBe("altered");
  });

  it("is not one of 10,000 tokens made by chance", () => {
    const found = new Set<string>();
    for (let n = 0; n < 10_000; n += 1) {
      const signature = randomBytes(32).toString("base64url");
      const any = n % 2 === 0 ? token.replace(/[^.]+$/, signature) : randomBytes(n % 90).toString("base64url");
      found.add(outcome(any));
    }
    expect([...found]).toEqual(["altered"]);
  });

  it("is not made of what is no office, run or edition", () => {
    for (const wrong of [{ run: "monthly-2026-06" }, { office: "a.b" }, { edition: "../full" }, { edition: "" }]) {
      expect(() => first.sign({ ...issue, ...wrong }, now)).toThrow(TypeError);
    }
  });
});

describe("the keys", () => {
  it("are changed without a link dying: the newest signs, all are believed, and one that is taken away no more", () => {
    expect(both.check(token, now).outcome).toBe("valid");
    const later = both.sign(issue, now);
    expect(later).toMatch(/^k2\./);
    expect(outcome(later, now, both)).toBe("valid");
    expect(outcome(later)).toBe("unknown key");
    expect(outcome(token, now, createArchiveLinkSigner({ k2: keys.k2 }))).toBe("unknown key");
    // By number: k10 is newer than k9.
    expect(createArchiveLinkSigner({ k9: keys.k1, k10: keys.k2 }).sign(issue, now)).toMatch(/^k10\./);
  });

  it.each([{}, { k1: "short" }, { main: keys.k1 }, { k0: keys.k1 }, "k1"])("are refused as %j", (wrong) => {
    expect(linkKeysSchema.safeParse(wrong).success).toBe(false);
  });
});
