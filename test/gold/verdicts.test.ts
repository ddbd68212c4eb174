import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { type Assessment, type Input, signalSchema, verdictSchema } from "../../functions/core/assessment/assessment.ts";
import { isoDateSchema, periodSchema } from "../../functions/core/calendar.ts";
import { kindSchema } from "../../functions/core/commitment.ts";
import { observationStatusSchema, vintagesAt } from "../../functions/core/observation.ts";
import { decidingFigure, entry, figures, judgeAll, office } from "../support/real-office.ts";

// verdicts.yaml was written by hand from the sources before the judge was run. It is never generated from, or adjusted to, what the judge says:
// a row changes only when the sources were read again, and then it says so under `disagreements`.

const commitmentIdSchema = z
  .string()
  .refine((id) => office.commitments.some((c) => c.id === id), "no commitment of the register has this id");
const evidenceIdSchema = z.string().refine((id) => office.evidence.some((e) => e.id === id), "no evidence of the register has this id");
const whySchema = z.string().min(8, "say in one sentence why");

const figureSchema = z.strictObject({
  /** Without it, the area that the commitment names, or the office's own. */
  area: z.string().optional(),
  period: periodSchema,
  value: z.number(),
  status: observationStatusSchema,
  knownSince: isoDateSchema.optional(),
});
type GoldFigure = z.infer<typeof figureSchema>;

const rowSchema = z.strictObject({
  commitment: commitmentIdSchema,
  asOf: isoDateSchema,
  verdict: z.union([verdictSchema, z.literal("not on record")]),
  signal: signalSchema.optional(),
  figure: z.union([figureSchema, z.literal("none")]).optional(),
  loses: z.array(figureSchema).default([]),
  evidence: evidenceIdSchema.optional(),
  notYet: z.array(evidenceIdSchema).default([]),
  why: whySchema,
});
type Row = z.infer<typeof rowSchema>;

const vintageSchema = z.strictObject({
  metric: z.string().refine((id) => office.metrics.some((m) => m.id === id), "no metric has this id"),
  area: z.string(),
  period: periodSchema,
  asOf: isoDateSchema,
  value: z.number(),
  status: observationStatusSchema,
  loses: z.array(z.number()),
  why: whySchema,
});

const goldSchema = z.strictObject({
  entries: z.array(rowSchema),
  vintages: z.array(vintageSchema),
  disagreements: z.array(
    z.strictObject({
      commitment: commitmentIdSchema,
      asOf: isoDateSchema,
      wrong: z.enum(["reader", "judge"]),
      read: z.string().min(1),
      judged: z.string().min(1),
      why: whySchema,
    }),
  ),
});

const gold = goldSchema.parse(parse(readFileSync(new URL("verdicts.yaml", import.meta.url), "utf8")));

type Known = Pick<Input, "refArea" | "period" | "status" | "knownSince"> & { readonly value: number | null };

/** Whether a figure known to the judge or the register is the one that the row means. */
function isFigure(row: Row, figure: GoldFigure, input: Known): boolean {
  const { target, proxy } = entry(row.commitment);
  const area = figure.area ?? target?.refArea ?? proxy?.refArea ?? office.office.refArea;
  const sameDay = figure.knownSince === undefined || input.knownSince === figure.knownSince;
  return (
    input.refArea === area && input.period === figure.period && input.value === figure.value && input.status === figure.status && sameDay
  );
}

/** @returns what of the row the judge does not say, one line each, for a reader who has to decide which side is wrong */
function disagreements(row: Row, assessment: Assessment | undefined): string[] {
  const problems: string[] = [];
  const check = (what: string, expected: string, given: string, holds: boolean) => {
    if (!holds) problems.push(`${what}: expected ${expected}, given ${given}`);
  };
  const verdict = assessment?.verdict ?? "not on record";
  check("verdict", row.verdict, verdict, verdict === row.verdict);
  if (!assessment) return problems;

  if (row.signal) check("signal", row.signal, assessment.signal, assessment.signal === row.signal);
  const { figure, evidence } = row;
  const held = (role: Input["role"], wanted: GoldFigure) => assessment.inputs.some((i) => i.role === role && isFigure(row, wanted, i));
  const decides = decidingFigure(assessment) ?? "no figure";
  if (figure === "none") check("deciding figure", "no figure", decides, decides === "no figure");
  else if (figure) check("deciding figure", show(figure), decides, held("decides", figure));
  const superseded = assessment.inputs.filter((i) => i.role === "superseded").map(show);
  for (const loser of row.loses) check("superseded figure", show(loser), superseded.join(", ") || "none", held("superseded", loser));
  const used = assessment.evidence.map((e) => e.id);
  if (evidence) check("deciding statement", evidence, used.join(", ") || "none", used.includes(evidence));
  for (const id of row.notYet) check("statement not known yet", `without ${id}`, used.join(", "), !used.includes(id));
  return problems;
}

function show({ area, period, value, status, knownSince }: Partial<GoldFigure>): string {
  return [area, period, value, status, knownSince && `since ${knownSince}`].filter((part) => part !== undefined).join(" ");
}

/** @throws with a message a person can act on when the judge and the row disagree */
function compare(row: Row, assessment: Assessment | undefined): void {
  const problems = disagreements(row, assessment);
  if (problems.length === 0) return;
  const reader = `  the reader: ${row.why}`;
  const judge = `  the judge: ${assessment?.explanation ?? "has no such commitment on that day"}`;
  expect.fail([`${row.commitment} on ${row.asOf}`, ...problems.map((problem) => `  ${problem}`), reader, judge].join("\n"));
}

const judged = ({ commitment, asOf }: Row) => judgeAll(asOf).find((a) => a.commitmentId === commitment);

describe("the verdicts that a careful reader gives", () => {
  it.each(gold.entries.map((row) => [`${row.commitment} on ${row.asOf}: ${row.verdict}`, row] as const))("%s", (_, row) => {
    compare(row, judged(row));
  });

  it.each(
    gold.vintages.map((row) => [`${row.metric} of ${row.area}, ${row.period}, on ${row.asOf}: ${row.value} ${row.status}`, row] as const),
  )("uses for %s", (_, { metric, area, period, asOf, value, status, loses, why }) => {
    const vintage = vintagesAt(figures(metric, area, period), asOf).find((v) => v.period === period);
    const given = { value: vintage?.best.value, status: vintage?.best.status, loses: vintage?.others.map((o) => o.value) };
    expect(given, `${metric}, ${area}, ${period} on ${asOf}: ${why}`).toEqual({ value, status, loses });
  });

  it("tells a reader who disagrees what was expected, what was given, and why", () => {
    const [row] = gold.entries.filter((r) => r.commitment === "2017-fiscal-revenue" && r.verdict === "on the line");
    if (!row) return expect.fail("no row on the budget revenue");
    const wrong: Row = { ...row, verdict: "met", figure: { period: "2017", value: 233.4, status: "A" } };
    expect(() => compare(wrong, judged(row))).toThrow(
      new RegExp(
        `2017-fiscal-revenue on ${row.asOf}\n.*expected met, given on the line\n.*expected 2017 233.4 A, given 2017 210 E\n.*${row.why}`,
      ),
    );
  });
});

describe("the gold file", () => {
  it("holds each commitment and day once, of both speeches and of all seven kinds", () => {
    const keys = gold.entries.map((row) => `${row.commitment} on ${row.asOf}`);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    expect(keys.length).toBeGreaterThanOrEqual(70);
    const onRecord = gold.entries.filter((row) => row.verdict !== "not on record").map((row) => entry(row.commitment));
    expect(new Set(onRecord.map((c) => c.kind))).toEqual(new Set(kindSchema.options));
    expect(new Set(onRecord.map((c) => c.speech))).toEqual(new Set(office.speeches.map((s) => s.id)));
  });

  it("rests on figures that the register has and that were known on the day", () => {
    const unfounded = gold.entries.flatMap((row) => {
      const { target, proxy, benchmark } = entry(row.commitment);
      const metric = target?.metric ?? proxy?.metric ?? benchmark?.metric;
      const wanted = [row.figure, ...row.loses].filter((f) => f !== undefined).filter((f) => f !== "none");
      const known = office.observations.filter((o) => o.metric === metric && o.knownSince <= row.asOf);
      return wanted.filter((f) => !known.some((o) => isFigure(row, f, o)));
    });
    expect(unfounded.map(show)).toEqual([]);
  });

  it("rests on statements that were known on the day, and names as unknown only what came later", () => {
    const since = new Map(office.evidence.map((e) => [e.id, e.knownSince]));
    const early = gold.entries.filter((row) => row.evidence !== undefined && (since.get(row.evidence) ?? "9999") > row.asOf);
    const late = gold.entries.filter((row) => row.notYet.some((id) => (since.get(id) ?? "") <= row.asOf));
    expect([...early, ...late].map((row) => `${row.commitment} on ${row.asOf}`)).toEqual([]);
  });

  it("notes disagreements only on days and commitments that it holds", () => {
    const held = new Set(gold.entries.map((row) => `${row.commitment} on ${row.asOf}`));
    expect(gold.disagreements.map((d) => `${d.commitment} on ${d.asOf}`).filter((key) => !held.has(key))).toEqual([]);
  });

  it("shows facts becoming known: for many commitments the day before and the day itself", () => {
    const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
    const days = new Set(gold.entries.map((row) => `${row.commitment} ${row.asOf}`));
    const pairs = gold.entries.filter((row) => days.has(`${row.commitment} ${dayBefore(row.asOf)}`));
    expect(pairs.length).toBeGreaterThanOrEqual(20);
  });
});
