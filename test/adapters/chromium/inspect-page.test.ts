import { describe, expect, it } from "vitest";
import { listContentStrings } from "../../../functions/adapters/chromium/inspect-page.ts";

describe("the text of page margins", () => {
  it("is every string of a content declaration, without escapes", () => {
    const css = `@page { @bottom-center { content: "— " counter(page) ' —' } @top-left{content:"\\7B80\\62a5 \\"x;y\\"" ; color: red } }
      p::after { content: none } q { quotes: "no" }`;
    expect(listContentStrings(css)).toEqual(["— ", " —", '简报"x;y"']);
  });
});
