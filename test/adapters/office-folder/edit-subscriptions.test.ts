import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addSubscription, pauseSubscription } from "../../../functions/adapters/office-folder/edit-subscriptions.ts";
import { copyHarbourton, type OfficeCopy, problemsOf } from "../../support/office-copy.ts";

const readers = "subscriptions/readers.yaml";
const list = `# Who reads what. Keep the mayor first.
- id: mayor # elected 2025
  name: "The Mayor"
  address: mayor@harbourton.example
  language: en
  editions: [one-page, full]   # both
  from: 2025-04-01

# The treasury is asked every spring.
- {id: treasurer, name: Ada Quill, address: ada@harbourton.example, language: en, editions: [theme-money], from: 2025-04-01}
`;
const clerk = {
  id: "clerk",
  name: "王小明 😀",
  address: "clerk@harbourton.example",
  language: "en",
  editions: ["full"],
  from: "2026-01-01",
};

let office: OfficeCopy;
beforeEach(async () => {
  office = await copyHarbourton();
  await office.write(readers, list);
});
afterEach(() => office.remove());

const add = (changes: Record<string, unknown> = {}, file?: string) => addSubscription(office.dir, { ...clerk, ...changes }, file);
const refused = async (promise: Promise<unknown>) => {
  const before = await office.contents();
  const problems = await problemsOf(promise);
  expect(await office.contents()).toEqual(before);
  return problems;
};

describe("a reader that is added", () => {
  it("stands at the end of the list; comments, order and the rest stay as they were", async () => {
    const { file, folder } = await add();
    expect(file).toBe(readers);
    expect(folder.subscriptions.map(({ id }) => id)).toEqual(["mayor", "treasurer", "clerk"]);
    expect(await office.read(readers)).toBe(
      `${list.replace("]   # both", "] # both")}
- id: clerk
  name: 王小明 😀
  address: clerk@harbourton.example
  language: en
  editions: [full]
  from: 2026-01-01
`,
    );
  });

  it("is the first one of an office without any", async () => {
    await rm(join(office.dir, "subscriptions"), { recursive: true });
    expect((await add()).folder.subscriptions.map(({ id }) => id)).toEqual(["clerk"]);
    await office.write(readers, "# Nobody yet.\n");
    await add();
    expect(await office.read(readers)).toMatch(/^# Nobody yet\.\n\n?- id: clerk\n/);
  });

  it("goes into the list that is named, and into no other place", async () => {
    expect((await add({}, "others.yaml")).file).toBe("subscriptions/others.yaml");
    expect(await office.read(readers)).toBe(list);
    expect(await refused(add({ id: "clerk-2" }, "../office.yaml"))).toEqual([expect.stringMatching(/^--file: .*write a name alone/)]);
  });

  it("keeps the line ends of a file from Windows", async () => {
    await office.write(readers, list.replaceAll("\n", "\r\n"));
    await add();
    expect((await office.read(readers)).replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  it("leaves no file beside the list", async () => {
    await add();
    expect(await readdir(join(office.dir, "subscriptions"))).toEqual(["readers.yaml"]);
  });
});

describe("a reader that cannot be added is told with file, line and field, and nothing is written", () => {
  it("twice under one id, or twice for one address and edition", async () => {
    expect(await refused(add({ id: "mayor" }))).toEqual([
      expect.stringMatching(/^subscriptions\/readers\.yaml:12 id: the id mayor is already used/),
    ]);
    expect(await refused(add({ address: "MAYOR@harbourton.example" }))).toEqual([
      expect.stringMatching(/^subscriptions\/readers\.yaml:14 address: .*already gets the edition full-en as mayor/),
    ]);
  });

  const wrong: [string, Record<string, unknown>, RegExp][] = [
    ["a name that is a formula", { name: "=HYPERLINK(1)" }, /:13 name: .*formula/],
    ["a name with a line break", { name: "A\r\nBcc: spy@harbourton.example" }, /name: .*one line/],
    ["a name of 300 characters", { name: "很".repeat(300) }, /:13 name: .*100 characters/],
    ["a name that turns the writing around", { name: "\u202Eevil" }, /name: .*direction/],
    ["two addresses in one", { address: "a@harbourton.example, b@harbourton.example" }, /address: .*one address alone/],
    ["an address of 300 characters", { address: `${"a".repeat(300)}@harbourton.example` }, /address: .*254/],
    ["an edition that there is not", { editions: ["fulll"] }, /editions\.0: .*did you mean full/],
    ["a day that there is not", { from: "2026-02-30" }, /from: .*date that exists/],
    ["an unknown list", { list: "reprot" }, /list: /],
    ["a form that there is not", { form: "fax" }, /form: /],
  ];
  for (const [what, change, told] of wrong) {
    it(`for ${what}`, async () => {
      const problems = await refused(add(change));
      expect(problems.join("\n")).toMatch(told);
      for (const problem of problems) expect(problem).toMatch(/^subscriptions\/readers\.yaml:\d+ /);
    });
  }

  it("when the folder itself is not right", async () => {
    await office.edit(readers, "editions: [one-page, full]", "editions: [one-pag, full]");
    expect(await refused(add())).toEqual([expect.stringMatching(/readers\.yaml:6 editions\.0: .*did you mean one-page/)]);
  });
});

describe("emoji and names from right to left", () => {
  it("are names like any other", async () => {
    const name = "مكتب العمدة 👩‍👩‍👧";
    const { folder } = await add({ name });
    expect(folder.subscriptions.at(-1)?.name).toBe(name);
  });
});

describe("a reader that rests", () => {
  it("is marked in the entry itself, and taken up again without a trace", async () => {
    expect((await pauseSubscription(office.dir, "mayor", true)).changed).toBe(true);
    const paused = await office.read(readers);
    expect(paused).toContain("  from: 2025-04-01\n  paused: true\n");
    expect((await pauseSubscription(office.dir, "mayor", true)).changed).toBe(false);
    expect(await office.read(readers)).toBe(paused);
    const { folder } = await pauseSubscription(office.dir, "mayor", false);
    expect(folder.subscriptions.map((s) => s.paused)).toEqual([false, false]);
    expect(await office.read(readers)).toBe(list.replace("]   # both", "] # both"));
  });

  it("may stand in braces", async () => {
    const { folder } = await pauseSubscription(office.dir, "treasurer", true);
    expect(folder.subscriptions.map((s) => s.paused)).toEqual([false, true]);
    expect(await office.read(readers)).toContain("from: 2025-04-01, paused: true}\n");
  });

  it("must be one that there is", async () => {
    expect(await refused(pauseSubscription(office.dir, "mayr", true))).toEqual([
      "mayr: there is no subscription of this id (did you mean mayor?)",
    ]);
  });
});
