import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument } from "@cantoo/pdf-lib";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { sha256 } from "../../functions/adapters/content-hash.ts";
import { copyHarbourton, harbourton } from "../support/office-copy.ts";
import { readPdf } from "../support/pdf-text.ts";
import { runBiaogan, runJson } from "../support/run-biaogan.ts";

const madeSchema = z.object({ run: z.string(), status: z.string(), pdf: z.string(), sha256: z.string() });
const reprintedSchema = madeSchema.extend({ identical: z.boolean().nullable() });

let folder: string;
let issued: z.infer<typeof madeSchema>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "biaogan-again-"));
  issued = madeSchema.parse(await runJson(["brief", "--period", "2026-06", "--data", harbourton, "--store", join(folder, "store")]));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The files inside a document, by name. */
async function attachmentsOf(pdf: string): Promise<Map<string, Uint8Array>> {
  const document = await PDFDocument.load(await readFile(pdf), { updateMetadata: false });
  return new Map(document.getAttachments().map(({ name, data }) => [name, data]));
}

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("utf8");

describe("an issued document", () => {
  it("carries its model, which its published schema accepts, as it lies in the archive", async () => {
    const model = (await attachmentsOf(issued.pdf)).get("briefing.json");
    const accepts = new Ajv2020({ strict: false }).compile(z.record(z.string(), z.unknown()).parse(await runJson(["schema"])));
    expect(accepts(JSON.parse(text(model)))).toBe(true);
    expect(accepts({ ...JSON.parse(text(model)), period: 2026 })).toBe(false);
    expect(text(model)).toBe(await readFile(issued.pdf.replace(/\.pdf$/, ".json"), "utf8"));
  });

  it("carries the figures behind it as a table", async () => {
    const rows = parse<Record<string, string>>(text((await attachmentsOf(issued.pdf)).get("observations.csv")), {
      columns: true,
      bom: true,
    });
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.every((r) => r["METRIC"] && r["TIME_PERIOD"] && r["OBS_VALUE"] && r["SOURCE_URL"]?.startsWith("http"))).toBe(true);
  });

  it("carries a manifest whose hashes are those of its files, and names fonts, templates and program", async () => {
    const attachments = await attachmentsOf(issued.pdf);
    const hash = z.string().regex(/^[0-9a-f]{64}$/);
    const manifest = z
      .object({
        run: z.literal(issued.run),
        inputs: z.object({ register: hash }),
        files: z.array(z.object({ name: z.string(), sha256: hash })),
        printedBy: z.object({ version: z.string(), program: hash, templates: hash, fonts: z.array(z.object({ sha256: hash })).min(5) }),
      })
      .parse(JSON.parse(text(attachments.get("manifest.json"))));
    expect(manifest.files).toEqual(
      ["briefing.json", "observations.csv"].map((name) => ({ name, sha256: sha256(attachments.get(name) ?? new Uint8Array()) })),
    );
  });
});

describe("biaogan brief --from", () => {
  it("makes the same bytes from a document's own model, elsewhere, in another time zone and language", async () => {
    const out = join(folder, "elsewhere");
    const { stdout, code } = await runBiaogan(["brief", "--from", issued.pdf, "--out", out, "--store", join(folder, "none"), "--json"], {
      cwd: folder,
      env: { TZ: "America/New_York", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" },
    });
    expect(code).toBe(0);
    const made = reprintedSchema.parse(JSON.parse(stdout));
    expect(made).toMatchObject({ identical: true, run: issued.run, sha256: issued.sha256 });
    expect(sha256(await readFile(made.pdf))).toBe(issued.sha256);
    expect(await readdir(folder)).not.toContain("none");
  });

  it("makes the same bytes from the frozen model alone", async () => {
    const model = issued.pdf.replace(/\.pdf$/, ".json");
    const made = reprintedSchema.parse(await runJson(["brief", "--from", model, "--out", join(folder, "from-json")]));
    expect(made).toMatchObject({ identical: null, sha256: issued.sha256 });
  });

  it("says so when it cannot make the same bytes any more", async () => {
    const changed = join(folder, "changed.pdf");
    await writeFile(changed, Buffer.concat([await readFile(issued.pdf), Buffer.from("\n% stamped by somebody\n")]));
    const { stdout } = await runBiaogan(["brief", "--from", changed, "--out", join(folder, "changed")]);
    expect(stdout).toContain(`other bytes than ${changed}`);
  });

  it.each([
    ["absent.pdf", undefined, "there is no such file"],
    ["notes.txt", "not a model", "this is not JSON in UTF-8"],
    ["other.json", "{}", "schema"],
    ["broken.pdf", "%PDF-1.7 broken", "this PDF cannot be read"],
  ])("refuses %s in words and writes nothing", async (name, content, message) => {
    const file = join(folder, name);
    if (content !== undefined) await writeFile(file, content);
    const out = join(folder, "refused");
    const { code, stdout, stderr } = await runBiaogan(["brief", "--from", file, "--out", out]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(name);
    expect(stderr).toContain(message);
    expect(await readdir(folder)).not.toContain("refused");
  });

  it("refuses a PDF of somebody else's", async () => {
    const other = join(folder, "somebody-elses.pdf");
    const document = await PDFDocument.create();
    document.addPage();
    await writeFile(other, await document.save());
    expect((await runBiaogan(["brief", "--from", other, "--out", join(folder, "refused")])).stderr).toContain("carries no briefing.json");
  });
});

describe("biaogan brief --draft", () => {
  it("prints with a watermark in a layer, and leaves archive and numbering alone", async () => {
    const store = join(folder, "draft-store");
    const made = madeSchema.parse(await runJson(["brief", "--draft", "--period", "2026-06", "--data", harbourton, "--store", store]));
    expect(made).toMatchObject({ status: "draft", run: "monthly-2026-06-draft" });
    expect(made.pdf).toBe(join(store, "drafts", "harbourton-monthly-2026-06-draft-full-en.pdf"));
    expect(await readdir(store)).not.toContain("archive");
    const layers = (await PDFDocument.load(await readFile(made.pdf), { updateMetadata: false })).catalog.toString();
    expect(layers).toContain("/OCProperties");
    // The mark is drawn, so the text of the pages stays what it was.
    expect((await readPdf(await readFile(made.pdf))).pages.join("")).not.toContain("DRAFT");
  });
});

describe("the editions of a month", () => {
  it("are made by name or by kind; what has nothing to say is left out and named", async () => {
    const store = join(folder, "editions");
    const args = ["brief", "--period", "2025-03", "--data", harbourton, "--store", store, "--edition", "theme", "one-page", "--json"];
    const { stdout, stderr, code } = await runBiaogan(args);
    expect(code).toBe(0);
    const made = z.array(z.object({ edition: z.string(), pages: z.number() })).parse(JSON.parse(stdout));
    expect(made.map((m) => m.edition)).toContain("theme-harbour-en");
    expect(made.find((m) => m.edition === "one-page-en")?.pages).toBe(1);
    expect(
      stderr
        .trim()
        .split("\n")
        .filter((line) => line !== "")
        .every((line) => line.includes("nothing had been said on this subject")),
    ).toBe(true);
  });

  it("are made though one of them fails, which is named with its reason", async () => {
    const office = await copyHarbourton();
    try {
      await office.edit("office.yaml", "Homes and people", "Homes and people \u{10330}");
      const args = ["brief", "--period", "2026-06", "--data", office.dir, "--store", join(folder, "one-fails")];
      const { code, stdout, stderr } = await runBiaogan([...args, "--edition", "theme-homes", "theme-money"]);
      expect(code).toBe(1);
      expect(stdout).toContain("theme-money-en.pdf");
      expect(stdout).not.toContain("theme-homes");
      expect(stderr).toMatch(/theme-homes-en is not made: MissingGlyphError: .*U\+10330/);
    } finally {
      await office.remove();
    }
  });

  it("are refused when none is left", async () => {
    const args = [
      "brief",
      "--period",
      "2025-03",
      "--as-of",
      "2025-03-01",
      "--data",
      harbourton,
      "--store",
      join(folder, "none-left"),
      "--edition",
      "theme",
    ];
    const { code, stderr } = await runBiaogan(args);
    expect(code).toBe(1);
    expect(stderr).toContain("nothing had been said on this subject by 2025-03-01");
  });
});
