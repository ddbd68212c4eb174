import { describe, expect, it } from "vitest";
import { listUnsubscribeHeaders } from "../../functions/core/list-unsubscribe.ts";

const mailto = { address: "office@harbourton.example", subject: "unsubscribe mayor" };

describe("the way off a list, in the mail's headers", () => {
  it("is none where there is none", () => {
    expect(listUnsubscribeHeaders()).toEqual([]);
    expect(listUnsubscribeHeaders({})).toEqual([]);
  });

  it("is a mail to the office, which asks for no click", () => {
    expect(listUnsubscribeHeaders({ mailto })).toEqual([
      { name: "List-Unsubscribe", value: "<mailto:office@harbourton.example?subject=unsubscribe%20mayor>" },
    ]);
  });

  it("is an address for one click first, where there is one", () => {
    expect(listUnsubscribeHeaders({ mailto, url: "https://list.example/leave?t=abc" })).toEqual([
      {
        name: "List-Unsubscribe",
        value: "<https://list.example/leave?t=abc>, <mailto:office@harbourton.example?subject=unsubscribe%20mayor>",
      },
      { name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" },
    ]);
  });

  it("is never an address that is not https", () => {
    for (const url of ["http://list.example/", "mailto:x@example.org", "javascript:alert(1)", "no address"]) {
      expect(() => listUnsubscribeHeaders({ url })).toThrow(TypeError);
    }
  });

  it.each(["a\r\nBcc: spy@example.org", "a>, <mailto:spy@example.org", "退订 😀 محمد", "x".repeat(300)])(
    "holds %j as it is, encoded",
    (words) => {
      const headers = listUnsubscribeHeaders({ mailto: { ...mailto, subject: words }, url: `https://list.example/${words}?q=${words}` });
      const [{ value } = { value: "" }] = headers;
      expect(value).toMatch(/^<https:[!-~]+>, <mailto:[!-~]+>$/);
      expect(value.match(/[<>]/g)).toHaveLength(4);
      expect(decodeURIComponent(value.split("?subject=")[1] ?? "")).toBe(`${words}>`);
    },
  );
});
