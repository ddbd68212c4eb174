import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Briefing } from "../../functions/core/briefing/briefing.ts";
import { freezeModel } from "../../functions/core/briefing/frozen-model.ts";
import { editionKeys } from "../../functions/core/briefing-keys.ts";
import { composeMail } from "../../functions/deliver-briefing/compose-mail.ts";
import { deliverBriefing } from "../../functions/deliver-briefing/deliver-briefing.ts";
import { readPrevious } from "../../functions/deliver-briefing/read-previous.ts";
import { aReader, createDeliveryWorld, type DeliveryWorld, juneIssue, messages, pdf, templates } from "../support/delivery-world.ts";
import { type EmbeddedTables, startEmbeddedTables } from "../support/embedded-table.ts";

const supersedes = { run: "monthly-2026-06-r1", asOf: "2026-06-30" };
const first = juneIssue("full-en");
const second = juneIssue("full-en", { supersedes });
const note = "CORRECTION · This is revision 2 of the issue. It supersedes revision 1 (monthly-2026-06-r1), as known on 30 June 2026.";

/** The first revision as it would have been with another figure for the council tax of 2025, and the verdict that followed from it. */
function asFirstSaid(issue: Briefing): Briefing {
  return {
    ...issue,
    themes: issue.themes.map((theme) => ({
      ...theme,
      groups: theme.groups.map((group) => ({
        ...group,
        items: group.items.map((item) =>
          item.commitmentId === "council-tax-2025"
            ? { ...item, verdict: "met" as const, verdictName: "met", signal: "achieved" as const }
            : item,
        ),
      })),
    })),
    observations: issue.observations.map((row) =>
      row.metric === "council_tax_income" && row.refArea === "Harbourton" && row.period === "2025" && row.role !== "superseded"
        ? { ...row, value: "38.4" }
        : row,
    ),
  };
}

const compose = (briefing: Briefing, previous: Briefing | "unreadable" | undefined) =>
  composeMail("monthly_2026-06_r2_full-en_mayor", { briefing, document: pdf, previous }, aReader(), { templates, messages });
/** What stands before the finding; a signal and its word are held together by a space that does not break. */
const beginning = (text: string) => text.split("\n\n")[0]?.replaceAll("\u00A0", " ");

describe("the mail of a correction", () => {
  it("says so in the subject, beside what else the subject says", () => {
    expect(compose(second, first).subject).toBe("CORRECTION: PROVISIONAL: Harbourton Progress Briefing no. 16, June 2026");
    const chinese = juneIssue("full-zh-CN", { supersedes });
    expect(compose(chinese, undefined).subject).toBe("【更正】【暂定】Harbourton Progress Briefing第16期（2026年6月）");
  });

  it("says first which issue it supersedes, and what is different: verdicts, then figures, old and new, with the source", () => {
    const { text, html } = compose(second, asFirstSaid(first));
    expect(beginning(text)).toBe(
      [
        note,
        "- About £38 million of council tax in 2025: ✓ met → × missed",
        "- Council tax collected (Harbourton), 2025: 38.4 → 37.6 £ million (Accounts 2025)",
      ].join("\n"),
    );
    expect(html.indexOf("38.4 →")).toBeGreaterThan(0);
    expect(html.indexOf("38.4 →")).toBeLessThan(html.indexOf("13 statements checked:"));
    expect(html).toContain(">This is revision 2 of the issue.");
  });

  it("says so in Chinese", () => {
    const chinese = juneIssue("full-zh-CN", { supersedes });
    expect(beginning(compose(chinese, juneIssue("full-zh-CN")).text)).toBe(
      "更正　本期第 2 版，取代数据截至2026年6月30日的第 1 版（monthly-2026-06-r1）。\n- 判定和数字与前一版均无不同。",
    );
  });

  it("says when it is provisional no longer, and which statements were added and removed", () => {
    const { provisional: _, ...final } = second;
    const [theme, ...themes] = first.themes;
    if (!theme) throw new Error("no theme");
    const without = { ...first, themes: [{ ...theme, groups: theme.groups.slice(1), open: [] }, ...themes] };
    const gone = [...(theme.groups[0]?.items ?? []), ...theme.open].map(({ title }) => title);
    expect(beginning(compose(final, without).text)).toBe(
      `${note}\n- ${gone.length} statements added: ${gone.join("; ")}\n- The issue is provisional no longer.`,
    );
    expect(beginning(compose(final, first).text)).toBe(`${note}\n- The issue is provisional no longer.`);
    expect(compose(second, { ...first, themes: [...first.themes, { ...theme, groups: [], open: theme.open }] }).text).not.toMatch(
      /removed/,
    );
    expect(beginning(compose({ ...second, themes: without.themes }, first).text)).toContain(`- ${gone.length} statements removed: `);
  });

  it("names what it supersedes where the earlier model cannot be read", () => {
    const unknown = `${note}\n- What is different from it is not listed here; both are in the archive.`;
    for (const previous of ["unreadable", undefined] as const) expect(beginning(compose(second, previous).text)).toBe(unknown);
  });

  it("counts what is more than a reader reads", () => {
    const many = first.observations.map((row) => ({ ...row, role: "shown" as const, value: String(Number(row.value) + 1) }));
    const lines = (beginning(compose({ ...second, observations: first.observations }, { ...first, observations: many }).text) ?? "").split(
      "\n",
    );
    expect(lines.filter((line) => line.includes(" → "))).toHaveLength(6);
    expect(lines.at(-1)).toMatch(/^- \d+ more in the briefing\.$/);
  });

  it("of the first revision is none", () => {
    const { subject, text } = compose(first, undefined);
    expect(`${subject}${text}`).not.toMatch(/CORRECTION|supersedes/);
  });
});

describe("delivering a correction", () => {
  let tables: EmbeddedTables;
  let world: DeliveryWorld;
  beforeAll(async () => {
    tables = await startEmbeddedTables();
  });
  afterAll(() => tables.stop());
  beforeEach(async () => {
    world = await createDeliveryWorld(tables);
  });
  afterEach(() => world.stop());

  const mailSchema = z.object({ Content: z.object({ Simple: z.object({ Body: z.object({ Text: z.object({ Data: z.string() }) }) }) }) });
  const deliver = async () => {
    const { model, document } = editionKeys("harbourton", { ...world.key, revision: 2 }, "full-en");
    await world.deps.archive.put(model, freezeModel(second), "application/json");
    await world.deps.archive.put(document, pdf, "application/pdf");
    const result = await deliverBriefing({ ...world.input, run: "monthly-2026-06-r2", modelKey: model, documentKey: document }, world.deps);
    return { result, text: mailSchema.parse(world.ses.received.at(-1)?.body).Content.Simple.Body.Text.Data };
  };

  it("is a delivery of its own, and tells a reader who never had the first what it supersedes", async () => {
    await world.issue(asFirstSaid(first));
    const { result, text } = await deliver();
    expect(result).toEqual({ delivery: "monthly_2026-06_r2_full-en_mayor", state: "ACCEPTED" });
    expect(beginning(text)).toContain(`${note}\n- About £38 million of council tax in 2025: ✓ met → × missed`);
    expect(await world.deps.ledger.get(world.key)).toBeUndefined();
  });

  it("goes out also when the first revision's model is gone, or was made by another version", async () => {
    expect((await deliver()).text).toContain("not listed here; both are in the archive");
    const at = (content: string) => ({ get: async () => Buffer.from(content) });
    expect(await readPrevious(at('{"schema":"biaogan.briefing/1"}'), second)).toBe("unreadable");
    expect(await readPrevious(at("no JSON"), second)).toBe("unreadable");
    await expect(readPrevious({ get: () => Promise.reject(new TypeError("no archive")) }, second)).rejects.toThrow("no archive");
  });
});
