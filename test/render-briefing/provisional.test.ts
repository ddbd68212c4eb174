import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../functions/adapters/content-hash.ts";
import { readOfficeFolder } from "../../functions/adapters/office-folder/office-folder.ts";
import { loadTemplates, type Templates } from "../../functions/adapters/templates/handlebars-templates.ts";
import { loadAllMessages } from "../../functions/adapters/templates/locale-messages.ts";
import { freezeModel } from "../../functions/core/briefing/frozen-model.ts";
import type { DocumentRenderer, Register } from "../../functions/core/ports.ts";
import { asKnownAt, inReadingOrder } from "../../functions/core/register-order.ts";
import { layOutBriefing, printBriefing } from "../../functions/render-briefing/print-briefing.ts";
import { composeSample } from "../support/compose-sample.ts";
import { harbourton } from "../support/office-copy.ts";
import { openTestRenderer } from "../support/pdf-chromium.ts";
import { readPdf } from "../support/pdf-text.ts";

/** Of June 2026 the ship calls (known on 7 July), the homes begun (20 July) and last year's recycling (November) are missing at its end:
 *  two of five figures are there, four are enough. */
const asOf = "2026-06-30";
const templatesDir = fileURLToPath(new URL("../../templates", import.meta.url));
const messages = await loadAllMessages(templatesDir);
const everything = inReadingOrder(await readOfficeFolder(harbourton));

let renderer: DocumentRenderer;
let templates: Templates;
beforeAll(async () => {
  renderer = await openTestRenderer();
  templates = await loadTemplates(templatesDir);
});
afterAll(() => renderer.close());

/** Prints an edition of June 2026.
 *  @returns the text of each page without its spaces, and the file's title */
async function print(edition: string, register: Register = everything): Promise<{ pages: string[]; title: string | undefined }> {
  const translate = messages[edition.endsWith("-en") ? "en" : "zh-CN"];
  const model = composeSample(asKnownAt(register, asOf), { asOf, edition, translate });
  const program = { version: "0", program: "", templates: "", fonts: [] };
  const bytes = await printBriefing(freezeModel(model), "model.json", { renderer, templates, program, digest: sha256 });
  const { pages, document } = await readPdf(bytes);
  return { pages: pages.map((page) => page.replaceAll(/\s/g, "")), title: document.getTitle() };
}

/** The office with more metrics than a leader's page can name; the figures of none of them are there. */
function waitingForMany(count: number): Register {
  const added = Array.from({ length: count }, (_, index) => `figure_${index + 1}`);
  const [metric] = everything.metrics;
  const { readiness } = everything.office;
  if (!metric || !readiness) throw new Error("the fictional office waits for figures");
  const declared = [...readiness.declared, ...added.map((id) => ({ metric: id, holder: "environment-office" }))];
  const metrics = added.map((id) => ({ ...metric, id, name: { en: `A figure with a rather long name, as they have them: ${id}` } }));
  return {
    ...everything,
    office: { ...everything.office, readiness: { ...readiness, declared } },
    metrics: [...everything.metrics, ...metrics],
  };
}

describe("a provisional issue", () => {
  it("says so by words on page one of the full edition, and lists what is missing with those who hold it where it says", async () => {
    const { pages, title } = await print("full-en");
    expect(title).toBe("Harbourton (fictional): delivery against commitments, June 2026");
    expect(pages[0]).toContain("PROVISIONAL·2ofthe5figuresthatthisissuewaitsforhadcomeinby30June2026;atleast4areneeded.");
    expect(pages[0]).toContain("see“Whatcannotbejudged,andwhoholdswhatismissing”.");
    expect(pages[0]).not.toContain("Shipsthatcalledattheharbour");
    const rest = pages.slice(1).join("");
    expect(rest).toContain(
      "FigurePeriodHeldbyShipsthatcalledattheharbourJune2026PublicWorksNewhomesbegunQ22026HousingOfficeHouseholdwasterecycled2025EnvironmentOffice",
    );
    // The first part of its section; what could not be judged for another reason comes after it.
    expect(rest).toMatch(/(\d+)\.1Figuresstillmissingfromthisissue.*\1\.2/);
  });

  it("says so in Chinese", async () => {
    const { pages } = await print("full-zh-CN");
    expect(pages[0]).toContain("暂定本期所需数据5项，截至2026年6月30日已有2项，成稿至少须有4项；其余补齐后，判定可能改变。");
    expect(pages[0]).toContain("见“不能判定的事项及所缺数据”。");
    expect(pages.slice(1).join("")).toContain("（一）本期尚缺的数据");
  });

  it("names what is missing in the banner of a leader's page, which stays one page", async () => {
    const english = await print("one-page-en");
    expect(english.pages).toHaveLength(1);
    expect(english.pages[0]).toContain(
      "Missing:Shipsthatcalledattheharbour,June2026(PublicWorks);Newhomesbegun,Q22026(HousingOffice);Householdwasterecycled,2025(EnvironmentOffice).",
    );
    const chinese = await print("one-page-zh-CN");
    expect(chinese.pages).toHaveLength(1);
    expect(chinese.pages[0]).toContain("尚缺：Shipsthatcalledattheharbour（2026年6月，PublicWorks）；");
  });

  it("stays one page where more is missing than it can name, and counts the rest", async () => {
    // Three are missing already; of the 15 five are named.
    const { pages } = await print("one-page-en", waitingForMany(12));
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain("figure_2,2025(EnvironmentOffice).10moreinthefulledition.");
    const full = await print("full-en", waitingForMany(12));
    // What follows page one begins with the contents.
    expect(full.pages[1]).toContain("Contents");
    expect(full.pages.join("")).toContain("figure_122025EnvironmentOffice");
  });

  it("has the list in a theme's and an office's edition too, also where nothing else could not be judged", async () => {
    for (const edition of ["owner-housing-en", "theme-money-en"]) {
      const { pages } = await print(edition);
      expect(pages[0]).toContain("PROVISIONAL");
      expect(pages.slice(1).join("")).toContain("HeldbyShipsthatcalledattheharbourJune2026PublicWorks");
    }
  });
});

describe("page one without room for a list", () => {
  it("says where it stands, and the section is printed for it", () => {
    // Two matters are to be decided and nothing changed: where page one names both, no section repeats them.
    const model = composeSample(asKnownAt(everything, asOf), { asOf, edition: "full-en", translate: messages.en });
    expect(layOutBriefing(model, templates, 2)).not.toContain('id="movement"');
    const shortened = layOutBriefing(model, templates, 0);
    expect(shortened).toContain('<a href="#movement">See “What changed and what is to be decided”.</a>');
    expect(shortened).toContain('<section id="movement">');
    expect(layOutBriefing(model, templates, 1)).toContain("1 more in “What changed and what is to be decided”.");
  });
});

describe("an issue with enough figures", () => {
  it("says nothing of it", async () => {
    const { readiness } = everything.office;
    if (!readiness) throw new Error("the fictional office waits for figures");
    const { pages } = await print("full-en", { ...everything, office: { ...everything.office, readiness: { ...readiness, enough: 2 } } });
    expect(pages.join("")).not.toMatch(/PROVISIONAL|Figuresstillmissing/);
  });
});
