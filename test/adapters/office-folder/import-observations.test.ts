import { mkdir, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importIntoFolder } from "../../../functions/adapters/office-folder/import-into-folder.ts";
import { readOfficeFolder } from "../../../functions/adapters/office-folder/office-folder.ts";
import { copyHarbourton, type OfficeCopy, problemsOf } from "../../support/office-copy.ts";

const header =
  "METRIC,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS,KNOWN_SINCE,SOURCE_TITLE,SOURCE_URL,SOURCE_QUOTE,COMMENT";
const source = 'Housing statistics,https://example.org/harbourton/housing,"Homes, as counted",';
const next = `homes_completed,Harbourton,2026,530,homes,0,P,2027-02-08,${source}`;
const revision = `homes_completed,Harbourton,2025,498,homes,0,A,2026-06-19,${source}`;
const known = `homes_completed,Harbourton,2023,371,homes,0,A,2024-06-21,Housing,https://example.org/harbourton/housing-2023,371 homes,`;

let office: OfficeCopy;
let inbox: string;
beforeEach(async () => {
  office = await copyHarbourton();
  inbox = `${office.dir}-inbox`;
  await mkdir(inbox);
});
afterEach(async () => {
  await office.remove();
  await rm(inbox, { recursive: true });
});

async function csv(name: string, ...rows: string[]): Promise<string> {
  const path = join(inbox, name);
  await writeFile(path, [header, ...rows, ""].join("\n"));
  return path;
}

/** Imports what must be refused; the office's folder must stay as it was. */
async function refused(path: string): Promise<string[]> {
  const before = await office.contents();
  const problems = await problemsOf(importIntoFolder(office.dir, path));
  expect(await office.contents()).toEqual(before);
  return problems.map((problem) => problem.replace(`${inbox}/`, ""));
}

describe("an import", () => {
  it("says what is new, revised and unchanged, and takes the first two into the office's folder", async () => {
    const { observations: before } = await readOfficeFolder(office.dir);
    const summary = await importIntoFolder(office.dir, await csv("housing-2026.csv", known, revision, next));
    expect(summary).toMatchObject({
      file: "observations/housing-2026.csv",
      new: [{ period: "2026", value: 530 }],
      revised: [{ observation: { period: "2025", value: 498, status: "A" }, previous: { value: 503, status: "P" } }],
      unchanged: [{ period: "2023", value: 371 }],
    });
    const { observations: after } = await readOfficeFolder(office.dir);
    expect(after).toHaveLength(before.length + 2);
    expect(await office.read("observations/housing-2026.csv")).toBe(`${header}\n${revision}\n${next}\n`);
  });

  it("changes nothing the second time", async () => {
    const path = await csv("housing.csv", revision, next);
    await importIntoFolder(office.dir, path);
    const before = await office.contents();
    expect(await importIntoFolder(office.dir, path)).toMatchObject({ file: undefined, new: [], revised: [], unchanged: [{}, {}] });
    expect(await office.contents()).toEqual(before);
  });

  it("adds to the file of the same name and leaves what stands there as it is", async () => {
    const before = await office.read("observations/harbourton.csv");
    await office.write("observations/harbourton.csv", before.trimEnd().replaceAll("\n", "\r\n"));
    expect((await importIntoFolder(office.dir, await csv("Harbourton.CSV", next))).file).toBe("observations/harbourton.csv");
    expect(await office.read("observations/harbourton.csv")).toBe(`${before.trimEnd().replaceAll("\n", "\r\n")}\r\n${next},,,\r\n`);
  });

  it("takes another name when the file of that name lacks a column that the rows fill", async () => {
    await importIntoFolder(office.dir, await csv("housing.csv", next));
    const path = join(inbox, "housing.csv");
    await writeFile(path, `SOURCE_RANK,${header}\npress,${revision}\n`);
    expect((await importIntoFolder(office.dir, path)).file).toBe("observations/housing-2.csv");
    const { observations } = await readOfficeFolder(office.dir);
    expect(observations.find((o) => o.value === 498)?.source.rank).toBe("press");
  });

  it.each([
    ["住房.csv", "observations/imported.csv"],
    ["Housing (final) 2026.csv", "observations/housing-final-2026.csv"],
    ["..csv", "observations/imported.csv"],
  ])("of %s is kept as %s", async (name, file) => {
    expect((await importIntoFolder(office.dir, await csv(name, next))).file).toBe(file);
  });

  it("makes the folder for an office's first figures", async () => {
    await rm(join(office.dir, "observations"), { recursive: true });
    expect((await importIntoFolder(office.dir, await csv("first.csv", next))).new).toHaveLength(1);
    expect((await readOfficeFolder(office.dir)).observations).toHaveLength(1);
  });
});

describe("an import that is refused leaves everything as it was", () => {
  it("when one row of many is wrong: all or none", async () => {
    const wrong = next.replace("homes_completed", "homes_finished").replace("530", '"5,300"');
    expect(await refused(await csv("a.csv", revision, wrong))).toEqual([
      "a.csv:3 METRIC: homes_finished is not a metric of this office (see metrics/)",
      'a.csv:3 OBS_VALUE: "5,300" is not a number (write 5300)',
    ]);
  });

  it.each([
    ["a unit that differs", ",homes,", ",houses,", "a.csv:2 UNIT_MEASURE: homes_completed is measured in homes, not in houses"],
    ["a date that does not exist", "2027-02-08", "2027-02-29", "a.csv:2 KNOWN_SINCE: write a date that exists as YYYY-MM-DD"],
    ["an area the office does not have", "Harbourton,2026", "Nowhere,2026", "a.csv:2 REF_AREA: Nowhere is not an area of this office"],
    ["no source", "https://example.org/harbourton/housing", "", "a.csv:2 SOURCE_URL: write the http(s) address of the source"],
    ["a result known before its period began", "2027-02-08", "2025-12-31", "a.csv:2 KNOWN_SINCE: known on 2025-12-31, before 2026 began"],
  ])("for %s", async (_, from, to, problem) => {
    expect(await refused(await csv("a.csv", next.replace(from, to)))).toEqual([expect.stringContaining(problem)]);
  });

  it("when it would change what was published", async () => {
    expect(await refused(await csv("a.csv", next, known.replace("371", "372")))).toEqual([
      "a.csv:3 OBS_VALUE: this source is already on record with 371 homes for 2023, known since 2024-06-21; what was published is never changed: give the correction its own KNOWN_SINCE",
    ]);
  });

  it("when it says the same thing twice, with both lines", async () => {
    expect(await refused(await csv("a.csv", next, revision, next))).toEqual([
      "a.csv:4 KNOWN_SINCE: the same figure of the same source and date stands twice in this file, first on line 2",
    ]);
  });

  it("when it has no row, no header or no known column", async () => {
    expect(await refused(await csv("a.csv"))).toEqual(["a.csv:1: has a header but no row; there is nothing to import"]);
    await writeFile(join(inbox, "a.csv"), "");
    expect(await refused(join(inbox, "a.csv"))).toEqual(["a.csv:1: has no header row"]);
    await writeFile(join(inbox, "a.csv"), "name,value\nx,1\n");
    expect(await refused(join(inbox, "a.csv"))).toHaveLength(12 + 2);
  });

  it("when it is not there, is a folder, has 50 MiB or is no UTF-8", async () => {
    const path = join(inbox, "a.csv");
    expect(await refused(path)).toEqual(["a.csv: there is no such file"]);
    await writeFile(path, new Uint8Array([0xd5, 0xc5]));
    expect(await refused(path)).toEqual(["a.csv: is not UTF-8 text; save it with the encoding UTF-8"]);
    await truncate(path, 50 * 1024 * 1024);
    expect(await refused(path)).toEqual([expect.stringContaining("a.csv: has 50.0 MiB; a file of an office may have 5.0 MiB at most")]);
    await rm(path);
    await mkdir(path);
    expect(await refused(path)).toEqual([expect.stringContaining("a.csv: is a folder")]);
  });

  it("when the office's own folder is not sound", async () => {
    await office.edit("office.yaml", "refArea: Harbourton", "refArea: Harbortown");
    expect(await refused(await csv("a.csv", next))).toEqual([expect.stringContaining("office.yaml:11 refArea: Harbortown")]);
  });

  it("when the file it would add to grew beyond the limit", async () => {
    const row = (day: number) =>
      next.replace("2027-02-08", new Date(Date.UTC(2027, 1, day)).toISOString().slice(0, 10)).replace("Homes, as", "x".repeat(2_000_000));
    await importIntoFolder(office.dir, await csv("a.csv", row(1), row(2)));
    expect(await refused(await csv("a.csv", row(3)))).toEqual([expect.stringContaining("observations/a.csv: has 5.7 MiB")]);
  });
});
