import { mkdir, rm, symlink, truncate } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readOfficeFolder, validateOfficeFolder } from "../../../functions/adapters/office-folder/office-folder.ts";
import { copyHarbourton, harbourton, type OfficeCopy, problemsOf } from "../../support/office-copy.ts";

const commitments = "commitments/mayor-2025-03-04.yaml";
const observations = "observations/harbourton.csv";

let office: OfficeCopy;
beforeEach(async () => {
  office = await copyHarbourton();
});
afterEach(() => office.remove());

/** The 1-based line of a file on which the words stand. */
async function lineOf(path: string, words: string): Promise<number> {
  return (await office.read(path)).split("\n").findIndex((line) => line.includes(words)) + 1;
}

describe("an office's folder that is sound", () => {
  it("is read whole, in the order of its files and entries", async () => {
    const folder = await readOfficeFolder(harbourton);
    expect(folder.office).toMatchObject({ id: "harbourton", fictional: true, language: "en" });
    expect(folder.commitments.map((c) => c.id).slice(0, 2)).toEqual(["homes-2024", "population-2024"]);
    expect(new Set(folder.commitments.map((c) => c.kind)).size).toBe(7);
    expect(folder.observations.at(-1)).toMatchObject({ refArea: "Port Ellery", period: "2025", value: 40.6 });
    expect(folder.texts.get("mayor-2025-03-04")).toContain("“Three Bridges”");
  });

  it("is validated, every number and quoted term of its speech accounted for", async () => {
    expect((await validateOfficeFolder(harbourton)).exclusions).toHaveLength(2);
  });

  it("may leave out observations, evidence and files that are nobody's data", async () => {
    await rm(join(office.dir, "observations"), { recursive: true });
    await rm(join(office.dir, "evidence"), { recursive: true });
    await office.write("commitments/README.md", "# How these were chosen");
    await office.write("metrics/.town.yaml.swp", "\0");
    await office.write("metrics/none-yet.yaml", "# nothing but a comment\n");
    expect(await readOfficeFolder(office.dir)).toMatchObject({ observations: [], evidence: [] });
  });
});

describe("a folder that is not there", () => {
  it("is named", async () => {
    expect(await problemsOf(readOfficeFolder(join(office.dir, "nowhere")))).toEqual([
      expect.stringContaining("nowhere: there is no such folder"),
    ]);
    expect(await problemsOf(readOfficeFolder(join(office.dir, "office.yaml")))).toEqual([expect.stringContaining("is not a folder")]);
  });

  it("or that has no office.yaml says so, and blames nothing else for it", async () => {
    await rm(join(office.dir, "office.yaml"));
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual(["office.yaml: there is no such file"]);
  });
});

describe("bad input names file, line and field", () => {
  it("for a quote that is not in the speech", async () => {
    const line = await lineOf(commitments, "more than 500 homes");
    await office.edit(commitments, '"In 2025 we will finish more than 500 homes"', '"In 2025 we will finish more than 600 homes"');
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      `${commitments}:${line} quote: the speech does not contain these exact words: In 2025 we will finish more than 600 homes`,
    ]);
  });

  it("for an unknown metric of a target and of a figure", async () => {
    const target = await lineOf(commitments, "    metric: homes_completed");
    const row = await lineOf(observations, "no2_mean");
    await office.edit(commitments, "    metric: homes_completed", "    metric: home_completed");
    await office.edit(observations, "no2_mean,", "no3_mean,");
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      `${observations}:${row} METRIC: no3_mean is not a metric of this office (did you mean no2_mean?)`,
      `${commitments}:${target} target.metric: home_completed is not a metric of this office (did you mean homes_completed?)`,
    ]);
  });

  it("for a unit that differs", async () => {
    const line = await lineOf(commitments, "    unit: homes");
    await office.edit(commitments, "    unit: homes", "    unit: houses");
    await office.edit(observations, "£ million", "€ million");
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      `${observations}:9 UNIT_MEASURE: council_tax_income is measured in £ million, not in € million`,
      `${commitments}:${line} target.unit: homes_completed is measured in homes, not in houses`,
    ]);
  });

  it("for a value that is no number", async () => {
    await office.edit(observations, "48300", '"48,300"');
    const line = await lineOf(observations, '"48,300"');
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      `${observations}:${line} OBS_VALUE: "48,300" is not a number (write 48300)`,
    ]);
  });

  it("for an id that stands twice, with both places", async () => {
    await office.write("evidence/more.yaml", (await office.read("evidence/town.yaml")).split("\n\n")[0] ?? "");
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      "evidence/town.yaml:1 id: the id clean-harbours-list-2024 is already used (at evidence/more.yaml:1)",
    ]);
  });

  it("for a date that does not exist, in a list and in a table", async () => {
    const line = await lineOf("evidence/town.yaml", "knownSince: 2025-05-12");
    await office.edit("evidence/town.yaml", "knownSince: 2025-05-12", "knownSince: 2025-02-30");
    await office.edit(observations, "2025-02-10", "2025-02-30");
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      `evidence/town.yaml:${line} knownSince: "2025-02-30" will not do: write a date that exists as YYYY-MM-DD`,
      `${observations}:3 KNOWN_SINCE: write a date that exists as YYYY-MM-DD`,
    ]);
  });

  it("for a key that no entry has, with the one that was meant", async () => {
    const line = await lineOf(commitments, "benchmark: {");
    await office.edit(commitments, "benchmark: { refArea", "benchmark: { refAera");
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      `${commitments}:${line} benchmark.refArea: is missing`,
      `${commitments}:${line} benchmark.refAera: is not a field here (did you mean refArea?)`,
    ]);
  });

  it("for a benchmark by a metric whose figures are never divided", async () => {
    const line = await lineOf(commitments, "benchmark: {");
    await office.edit("metrics/town.yaml", "shape: level\n  priceBasis: current", "shape: rate\n  priceBasis: current");
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      `${commitments}:${line} benchmark.metric: a benchmark is judged by a ratio, and council_tax_income is a rate; name a level, share or count, or leave the metric out`,
    ]);
  });

  it("for a year without its quotes and a word that is no choice", async () => {
    await office.edit(commitments, 'period: "2025"', "period: 2025");
    await office.edit(commitments, "modality: promise", "modality: promised");
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      expect.stringMatching(/:48 modality: "promised" will not do; write one of forecast, promise, .*\(did you mean promise\?\)$/),
      expect.stringMatching(/:57 target\.period: write it in quotes: "2025"$/),
    ]);
  });

  it("for everything at once, and not only for the first", async () => {
    await office.edit("office.yaml", "timeZone: Europe/London", "timeZone: Europe/Lundon");
    await office.edit("metrics/town.yaml", "shape: count", "shape: number");
    await office.edit(observations, "412", "many");
    await office.edit("speeches/mayor-2025-03-04.yaml", "of: delivery", "of: broadcast");
    const files = (await problemsOf(readOfficeFolder(office.dir))).map((problem) => problem.split(":")[0]);
    expect(files.toSorted()).toEqual(["metrics/town.yaml", observations, "office.yaml", "speeches/mayor-2025-03-04.yaml"]);
  });
});

describe("YAML that is refused", () => {
  it("is an alias bomb, before it is expanded", async () => {
    const levels = Array.from({ length: 30 }, (_, i) => `x${i + 1}: &x${i + 1} [${Array(9).fill(`*x${i}`).join(", ")}]`);
    await office.write("metrics/bomb.yaml", ["x0: &x0 [lol]", ...levels].join("\n"));
    const problems = await problemsOf(readOfficeFolder(office.dir));
    expect(problems[0]).toBe("metrics/bomb.yaml:2: *x0 is an alias, which is not allowed here; write the value out");
  });

  it("is a pit of brackets", async () => {
    await office.write("metrics/bomb.yaml", "[".repeat(200_000));
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual(["metrics/bomb.yaml:1: brackets or lists are nested far too deep"]);
  });

  it.each([
    ["a tag", "- id: !!binary aGk=\n", "metrics/bad.yaml:1: !!binary is a tag, which is not allowed here; leave it out"],
    ["a key that stands twice", "- id: a\n  id: b\n", "metrics/bad.yaml:2 id: stands twice in the same entry; keep one"],
    ["a second document", "- id: a\n---\n- id: b\n", "metrics/bad.yaml:2: is not valid YAML: "],
    ["a mistake of syntax", "- id: a\n\tname: b\n", "metrics/bad.yaml:2: is not valid YAML: "],
    ["no list", "id: a\n", "metrics/bad.yaml:1: must be a list: begin each entry with a dash (- id: …)"],
    ["a list of words", "- homes\n", "metrics/bad.yaml:1: Invalid input: expected object, received string"],
  ])("is %s", async (_, text, problem) => {
    await office.write("metrics/bad.yaml", text);
    expect((await problemsOf(readOfficeFolder(office.dir)))[0]).toContain(problem);
  });
});

describe("a table that is refused", () => {
  async function replaceHeader(change: (header: string) => string) {
    const [header = "", ...rows] = (await office.read(observations)).split("\n");
    await office.write(observations, [change(header), ...rows].join("\n"));
    return problemsOf(readOfficeFolder(office.dir));
  }

  it("lacks a column or has one too many", async () => {
    expect(await replaceHeader((header) => header.replace("OBS_VALUE", "OBS_VALEU"))).toEqual([
      `${observations}:1 OBS_VALUE: this column is missing`,
      `${observations}:1 OBS_VALEU: is not a column of this file (did you mean OBS_VALUE?)`,
    ]);
  });

  it("is separated by semicolons", async () => {
    expect(await replaceHeader((header) => header.replaceAll(",", ";"))).toEqual([
      `${observations}:1: the cells are separated by semicolons; save the file with commas`,
    ]);
  });

  it("has a row with too many cells", async () => {
    await office.edit(observations, '"Harbourton: 48,300"', "Harbourton: 48,300");
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      `${observations}:6: has 16 cells, the header has 15; a cell with a comma in it stands in quotes`,
    ]);
  });

  it("has a number that no computer holds", async () => {
    await office.edit(observations, "population,Harbourton,2024,48300,people,0", `population,Harbourton,2024,${"9".repeat(300)},people,99`);
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      `${observations}:6 OBS_VALUE: has more digits than any figure: at most 30 before the point and 15 after it`,
    ]);
  });

  it("still has the right line after line breaks in quotes, behind a byte order mark and with Windows line ends", async () => {
    await office.edit(observations, '"Harbourton: 48,300"', '"Harbourton:\n\n48,300"');
    await office.edit(observations, "24.1,µg", "about 24,µg");
    const text = `\uFEFF${(await office.read(observations)).replaceAll("\n", "\r\n")}`;
    await office.write(observations, text);
    const line = await lineOf(observations, "about 24");
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([`${observations}:${line} OBS_VALUE: "about 24" is not a number`]);
  });
});

describe("a file that is refused unread", () => {
  it.each(["metrics/huge.yaml", "observations/huge.csv", "speeches/mayor-2025-03-04.txt"])("is %s of 50 MiB", async (path) => {
    await office.write(path, "");
    await truncate(join(office.dir, path), 50 * 1024 * 1024);
    const before = performance.now();
    const problems = await problemsOf(readOfficeFolder(office.dir));
    expect(problems).toContain(
      `${path}: has 50.0 MiB; a file of an office may have 5.0 MiB at most. Split it or leave out what does not belong here`,
    );
    expect(performance.now() - before).toBeLessThan(2000);
  });

  it("is a link, which could lead anywhere", async () => {
    await symlink("/etc/hostname", join(office.dir, "metrics/link.yaml"));
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual(["metrics/link.yaml: is a symbolic link; put the file itself here"]);
  });

  it("is no UTF-8", async () => {
    await office.write("observations/gbk.csv", new Uint8Array([0xd5, 0xc5, 0xbc, 0xd2, 0xb8, 0xdb]));
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      "observations/gbk.csv: is not UTF-8 text; save it with the encoding UTF-8",
    ]);
  });

  it("is one that would be passed over in silence", async () => {
    await office.write("metrics/more.yml", "[]");
    await mkdir(join(office.dir, "observations/2024"));
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      "metrics/more.yml: is not read: only *.yaml belong here; rename it or move it away",
      "observations/2024: is not read: only *.csv belong here; rename it or move it away",
    ]);
  });
});

describe("a speech", () => {
  it("may not be changed after it was recorded", async () => {
    await office.edit("speeches/mayor-2025-03-04.txt", "band will play.\n", "band will play!\n");
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      expect.stringMatching(/^speeches\/mayor-2025-03-04\.yaml:\d+ sha256: the text's SHA-256 is [0-9a-f]{64}/),
    ]);
  });

  it("has a text, a record, and the id of its files", async () => {
    await office.write("speeches/lost.txt", "Nobody knows who said this.");
    await office.edit("speeches/mayor-2025-03-04.yaml", "id: mayor-2025-03-04", "id: mayor-2025");
    const problems = await problemsOf(readOfficeFolder(office.dir));
    expect(problems).toContain("speeches/lost.txt: has no file beside it, of the same name in .yaml, that says who spoke and when");
    expect(problems).toContain(
      "speeches/mayor-2025-03-04.yaml:2 id: the file of the speech mayor-2025 must be named mayor-2025.yaml, its text mayor-2025.txt",
    );
    await rm(join(office.dir, "speeches/mayor-2025-03-04.txt"));
    expect(await problemsOf(readOfficeFolder(office.dir))).toContain("speeches/mayor-2025-03-04.txt: there is no such file");
  });

  it("must be accounted for to the last number, which only validation asks", async () => {
    await office.write("commitments/exclusions.yaml", "");
    await readOfficeFolder(office.dir);
    expect(await problemsOf(validateOfficeFolder(office.dir))).toEqual([
      "speeches/mayor-2025-03-04.txt:2: 4 (offsets 59–60, in: Town Hall, 4 March 2025) lies in no commitment; add one, or an exclusion with its reason",
      "speeches/mayor-2025-03-04.txt:2: 2025 (offsets 67–71, in: n Hall, 4 March 2025) lies in no commitment; add one, or an exclusion with its reason",
      expect.stringMatching(/^speeches\/mayor-2025-03-04\.txt:14: 10 /),
    ]);
  });
});
