import { describe, expect, it } from "vitest";
import { parseEditions } from "../../functions/core/edition.ts";
import type { Office } from "../../functions/core/office.ts";
import { aRegister } from "../support/register-builder.ts";

const theme = (id: string): Office["themes"][number] => ({ id, name: { en: id }, children: [] });
const owner = (id: string): Office["owners"][number] => ({ id, name: { en: id }, basis: "stated" });
const office: Office = {
  ...aRegister({}).office,
  language: "zh-CN",
  themes: [theme("growth"), theme("en")],
  owners: [owner("finance"), owner("port")],
};

const ids = (text: string) => parseEditions(text, office).map((e) => e.id);

describe("an edition's name", () => {
  it("means the office's own language when it names none", () => {
    expect(ids("full")).toEqual(["full-zh-CN"]);
    expect(ids("one-page-en")).toEqual(["one-page-en"]);
    expect(parseEditions("owner-port", office)).toEqual([{ scope: "owner", subject: "port", locale: "zh-CN", id: "owner-port-zh-CN" }]);
  });

  it("may stand for one edition a theme or an owner, or for all there are", () => {
    expect(ids("owner-en")).toEqual(["owner-finance-en", "owner-port-en"]);
    expect(ids("theme")).toEqual(["theme-growth-zh-CN", "theme-en-zh-CN"]);
    expect(ids("all")).toHaveLength(6);
    expect(ids("all-en").every((id) => id.endsWith("-en"))).toBe(true);
  });

  it("is read as one edition before it is read as several", () => {
    expect(ids("theme-en")).toEqual(["theme-en-zh-CN"]);
  });

  it("is refused when there is no such edition", () => {
    for (const name of ["", "fulls", "theme-sport", "owner-", "full-fr", "en"]) expect(ids(name)).toEqual([]);
  });
});
