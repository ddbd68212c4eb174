import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countDeliveries, deliveryId, isAbandoned, parseDeliveryId } from "../../functions/core/delivery.ts";
import { moveDelivery, pendingDelivery } from "../../functions/core/delivery-moves.ts";
import { InputError } from "../../functions/core/errors.ts";

const key = { series: "monthly", period: "2018-01", revision: 1, edition: "full-zh-CN", recipient: "li-wei" };

const slug = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}$/);
const anyKey = fc.record({
  series: slug,
  period: fc.constantFrom("2018-01", "2018-11", "2026-12"),
  revision: fc.integer({ min: 1, max: 99_999 }),
  edition: fc.constantFrom("full-zh-CN", "theme-a-en", "theme-a-b-en", "owner-a-zh-CN"),
  recipient: slug,
});

describe("a delivery's id", () => {
  it("says what it is of, in characters that SES takes for a tag", () => {
    expect(deliveryId(key)).toBe("monthly_2018-01_r1_full-zh-CN_li-wei");
    fc.assert(
      fc.property(anyKey, (any) => {
        expect(deliveryId(any)).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
        expect(parseDeliveryId(deliveryId(any))).toEqual(any);
      }),
    );
  });

  it("is the same for whatever else the key's object holds", () => {
    const { recipient, ...others } = key;
    expect(deliveryId({ recipient, ...others })).toBe("monthly_2018-01_r1_full-zh-CN_li-wei");
    expect(parseDeliveryId(deliveryId(Object.assign({ note: "x" }, key)))).toEqual(key);
  });

  it.each([
    ["an underscore, which would part it in two", { ...key, recipient: "li_wei" }],
    ["a line break", { ...key, recipient: "li\r\nwei" }],
    ["an address", { ...key, recipient: "li@example.org" }],
    ["nothing", { ...key, edition: "" }],
    ["more than a tag holds", { ...key, recipient: "a".repeat(256) }],
  ])("is refused when a part is or holds %s", (_, wrong) => {
    expect(() => deliveryId(wrong)).toThrow(InputError);
  });

  it.each(["", "monthly", "monthly_2018-01_r1_full", "monthly_2018-01_r0_full_li", "monthly_2018-13_r1_full_li", "a_2018-01_r1_b_c_d"])(
    "is not read out of %j",
    (text) => {
      expect(parseDeliveryId(text)).toBeUndefined();
    },
  );
});

describe("the deliveries of a run", () => {
  it("are counted by state, none left out", () => {
    const pending = pendingDelivery(key, "2026-08-04T01:00:00.000Z");
    const sending = moveDelivery(pending, { type: "claim", claim: "a", at: "2026-08-04T01:00:00.000Z" }).delivery;
    expect(countDeliveries([pending, sending, sending])).toEqual({
      PENDING: 1,
      SENDING: 2,
      UNKNOWN: 0,
      REJECTED: 0,
      ACCEPTED: 0,
      DELIVERED: 0,
      BOUNCED: 0,
      COMPLAINED: 0,
    });
  });
});

describe("a claim", () => {
  const pending = pendingDelivery(key, "2026-08-04T01:00:00.000Z");
  const sending = moveDelivery(pending, { type: "claim", claim: "a", at: "2026-08-04T01:00:00.000Z" }).delivery;

  it("is abandoned once a worker can no longer live, not a moment sooner", () => {
    expect(isAbandoned(sending, "2026-08-04T01:01:29.999Z", 90_000)).toBe(false);
    expect(isAbandoned(sending, "2026-08-04T01:01:30.000Z", 90_000)).toBe(true);
  });

  it("is not abandoned where the clock of another machine is behind, nor where there is none", () => {
    expect(isAbandoned(sending, "2026-08-04T00:59:00.000Z", 90_000)).toBe(false);
    expect(isAbandoned(pending, "2027-01-01T00:00:00.000Z", 90_000)).toBe(false);
  });
});
