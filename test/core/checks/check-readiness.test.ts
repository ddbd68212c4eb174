import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readOfficeFolder } from "../../../functions/adapters/office-folder/office-folder.ts";
import { copyHarbourton, type OfficeCopy, problemsOf } from "../../support/office-copy.ts";

let office: OfficeCopy;
beforeEach(async () => {
  office = await copyHarbourton();
});
afterEach(() => office.remove());

/** What is said of office.yaml when these words stand in it instead, and on which line they now stand. */
async function problemsWith(from: string, to: string): Promise<{ line: number; problems: string[] }> {
  await office.edit("office.yaml", from, to);
  const line = (await office.read("office.yaml")).split("\n").findIndex((text) => text.includes(to.split("\n")[0] ?? to)) + 1;
  return { line, problems: await problemsOf(readOfficeFolder(office.dir)) };
}

describe("what an office waits for", () => {
  it("is a metric on record, else the one that was meant is named", async () => {
    const { line, problems } = await problemsWith("metric: harbour_calls,", "metric: harbor_calls,");
    expect(problems).toEqual([
      `office.yaml:${line} readiness.declared.0.metric: there is no metric harbor_calls in metrics/ (did you mean harbour_calls?)`,
    ]);
  });

  it("is held by one of the office's owners", async () => {
    const { line, problems } = await problemsWith("holder: treasury", "holder: treasurer");
    expect(problems).toEqual([
      `office.yaml:${line} readiness.declared.2.holder: treasurer is not one of the owners above (did you mean treasury?)`,
    ]);
  });

  it("is named once", async () => {
    const { line, problems } = await problemsWith("metric: no2_mean,", "metric: harbour_calls,");
    expect(problems).toEqual([
      // The line is that of the second, not of the first.
      `office.yaml:${line + 3} readiness.declared.3.metric: harbour_calls is already waited for above; name each metric once`,
    ]);
  });

  it("comes with a frequency: what is irregular is due in no month", async () => {
    await office.edit("metrics/town.yaml", "frequency: Q", "frequency: irregular");
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      expect.stringMatching(
        /^office\.yaml:\d+ readiness\.declared\.1\.metric: homes_started is irregular and due in no month; declare a metric with a frequency/,
      ),
    ]);
  });

  it("is not blamed for a list of metrics that could not be read", async () => {
    await office.edit("metrics/town.yaml", "id: harbour_calls\n", "id: harbour_calls\n  colour: blue\n");
    expect(await problemsOf(readOfficeFolder(office.dir))).toEqual([
      expect.stringMatching(/^metrics\/town\.yaml:\d+ colour: is not a field here/),
    ]);
  });
});

describe("how many figures are enough, and how long they are waited for", () => {
  it("is not more than are declared, and at least one", async () => {
    const { line, problems } = await problemsWith("  enough: 4", "  enough: 6");
    expect(problems).toEqual([
      `office.yaml:${line} readiness.enough: 6 cannot be there of 5 that are declared; write a number from 1 to 5`,
    ]);
    const none = await problemsWith("  enough: 6", "  enough: 0");
    expect(none.problems).toEqual([expect.stringMatching(/^office\.yaml:\d+ readiness\.enough: 0 will not do/)]);
  });

  it("ends after the first look, also where that is not written", async () => {
    const { line, problems } = await problemsWith("  enough: 4", "  enough: 4\n  cutOff: 2");
    expect(problems).toEqual([
      `office.yaml:${line + 1} readiness.cutOff: working day 2 is not after the first look, on working day 2 (firstCheck); write 3 or later`,
    ]);
    const late = await problemsWith("  cutOff: 2", "  firstCheck: 10");
    expect(late.problems).toEqual([
      expect.stringMatching(/^office\.yaml:\d+ readiness\.cutOff: working day 10 is not after the first look/),
    ]);
  });

  it("is by default looked for on the second working day and cut off on the tenth, Monday to Friday", async () => {
    expect((await readOfficeFolder(office.dir)).office).toMatchObject({
      workingDays: "weekdays",
      readiness: { enough: 4, firstCheck: 2, cutOff: 10 },
    });
  });
});
