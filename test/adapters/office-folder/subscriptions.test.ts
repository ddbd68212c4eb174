import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readOfficeFolder, validateOfficeFolder } from "../../../functions/adapters/office-folder/office-folder.ts";
import { subscriptionsFor } from "../../../functions/core/subscription.ts";
import { copyHarbourton, harbourton, type OfficeCopy, problemsOf } from "../../support/office-copy.ts";

const readers = "subscriptions/readers.yaml";

let office: OfficeCopy;
beforeEach(async () => {
  office = await copyHarbourton();
});
afterEach(() => office.remove());

const problems = () => problemsOf(validateOfficeFolder(office.dir));

describe("the readers of an office", () => {
  it("are read with its folder, and say who gets what", async () => {
    const { subscriptions, office: town } = await readOfficeFolder(harbourton);
    expect(subscriptions.map((s) => s.id)).toEqual(["mayor", "treasurer", "works", "sister-town", "library"]);
    const made = ["full-en", "one-page-en", "theme-money-en", "full-zh-CN", "owner-works-en"];
    expect(subscriptionsFor(subscriptions, made, "2026-07-03", town).map((s) => `${s.recipient} ${s.edition}`)).toEqual([
      "mayor full-en",
      "mayor one-page-en",
      "sister-town full-zh-CN",
      "treasurer full-en",
      "treasurer theme-money-en",
      "works owner-works-en",
    ]);
  });

  it("all have addresses that belong to nobody", async () => {
    const { subscriptions } = await readOfficeFolder(harbourton);
    for (const { address } of subscriptions) expect(address).toMatch(/\.example$/);
  });

  it("may be none", async () => {
    await rm(join(office.dir, "subscriptions"), { recursive: true });
    expect((await validateOfficeFolder(office.dir)).subscriptions).toEqual([]);
  });
});

describe("a wrong subscription is named with file, line and field", () => {
  it("for two addresses in one", async () => {
    await office.edit(readers, "mayor@harbourton.example", '"mayor@harbourton.example, clerk@harbourton.example"');
    expect(await problems()).toEqual([expect.stringMatching(/^subscriptions\/readers\.yaml:4 address: .*write one address alone/)]);
  });

  it("for a name with a line break and a header in it", async () => {
    await office.edit(readers, "name: Ada Quill (fictional)", 'name: "Ada\\r\\nBcc: spy@harbourton.example"');
    expect(await problems()).toEqual([expect.stringMatching(/^subscriptions\/readers\.yaml:11 name: .*write it on one line/)]);
  });

  it("for an edition that there is not, with the nearest there is", async () => {
    await office.edit(readers, "[full, theme-money]", "[full, theme-mony]");
    expect(await problems()).toEqual([
      "subscriptions/readers.yaml:15 editions.1: there is no edition theme-mony (did you mean theme-money?)",
    ]);
  });

  it("for an id that stands twice, with both places", async () => {
    await office.edit(readers, "id: works", "id: mayor");
    expect(await problems()).toEqual(["subscriptions/readers.yaml:19 id: the id mayor is already used (at subscriptions/readers.yaml:2)"]);
  });

  it("for an address that would get the same edition twice, in capitals too, and however the edition is named", async () => {
    await office.edit(readers, "library@harbourton.example", "Mayor@Harbourton.example");
    expect(await problems()).toEqual([
      "subscriptions/readers.yaml:40 address: Mayor@Harbourton.example already gets the edition one-page-en as mayor; take it out of one of the two (at subscriptions/readers.yaml:4)",
    ]);
  });

  it("but not for an address that gets different editions, or the same one after the other", async () => {
    await office.edit(readers, "works+briefing@harbourton.example", "mayor@harbourton.example");
    await office.write(
      "subscriptions/more.yaml",
      `- { id: works-later, name: Works, address: mayor@harbourton.example, language: en, editions: [owner-works], from: 2027-01-01 }\n`,
    );
    expect((await validateOfficeFolder(office.dir)).subscriptions).toHaveLength(6);
  });
});
