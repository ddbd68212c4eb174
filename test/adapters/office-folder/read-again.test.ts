import { afterEach, beforeEach, expect, it } from "vitest";
import { readOfficeFolder } from "../../../functions/adapters/office-folder/office-folder.ts";
import { parseYaml, rememberYaml } from "../../../functions/adapters/office-folder/yaml-with-lines.ts";
import { copyHarbourton, type OfficeCopy, problemsOf } from "../../support/office-copy.ts";

let office: OfficeCopy;
beforeEach(async () => {
  office = await copyHarbourton();
});
afterEach(() => office.remove());

it("a folder read over and over is read as it is each time, its problems and their lines too", async () => {
  const parse = rememberYaml();
  const read = () => readOfficeFolder(office.dir, undefined, parse);
  const first = await read();
  expect(await read()).toEqual(first);

  await office.edit("office.yaml", "language: en", "language: fr");
  const problems = await problemsOf(read());
  expect(problems).toEqual([expect.stringMatching(/^office\.yaml:\d+ language: /)]);
  expect(await problemsOf(read())).toEqual(problems);

  await office.edit("office.yaml", "language: fr", "language: zh-CN");
  expect((await read()).office.language).toBe("zh-CN");
  expect(await read()).toEqual(await readOfficeFolder(office.dir));
});

it("what is remembered belongs to the file and its text", () => {
  const parse = rememberYaml();
  expect(parse("- a: 1", "one.yaml")).toBe(parse("- a: 1", "one.yaml"));
  expect(parse("- a: 1\n- a: 1", "one.yaml")).toMatchObject({ content: { value: [{ a: 1 }, { a: 1 }] } });
  expect(parse("{", "two.yaml")).toEqual(parseYaml("{", "two.yaml"));
  expect(parse("{", "three.yaml")).toMatchObject({ problems: [{ file: "three.yaml" }] });
});
