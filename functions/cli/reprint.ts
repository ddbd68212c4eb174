import { readFile, writeFile } from "node:fs/promises";
import { PDFDocument } from "@cantoo/pdf-lib";
import { documentName } from "../core/briefing/document-name.ts";
import { thawModel } from "../core/briefing/frozen-model.ts";
import { InputError } from "../core/errors.ts";
import { modelAttachment } from "../render-briefing/attachments.ts";
import { type PrintBriefingDeps, printBriefing } from "../render-briefing/print-briefing.ts";
import { describe, type Made, placeIn } from "./print-edition.ts";

/** What was made again, and whether it is what it was made from. */
export interface Reprinted extends Made {
  /** The same bytes as the document given; null when only its model was given. */
  readonly identical: boolean | null;
}

/** Makes a briefing again from a document's own model, or from the model's file; nothing is judged and nothing published.
 *  @param file a PDF of biaogan's, or the JSON of its model
 *  @throws InputError when there is no model in it */
export async function reprint(
  file: string,
  deps: PrintBriefingDeps,
  to: { readonly out: string; readonly messages: Parameters<typeof describe>[3] },
): Promise<Reprinted> {
  const given = await readGiven(file);
  const isPdf = given.subarray(0, 5).toString("latin1") === "%PDF-";
  const model = isPdf ? await readModel(given, file) : given;
  const document = await printBriefing(model, file, deps);
  const briefing = thawModel(model, file);
  const pdf = await placeIn(to.out, documentName(briefing), (path) => writeFile(path, document));
  return { ...(await describe(briefing, document, pdf, to.messages)), identical: isPdf ? given.equals(document) : null };
}

async function readGiven(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    const absent = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    throw new InputError([{ file, message: absent ? "there is no such file" : `cannot be read: ${String(cause)}` }], { cause });
  }
}

async function readModel(document: Buffer, file: string): Promise<Uint8Array> {
  const attachments = await listAttachments(document).catch((cause: unknown) => {
    throw new InputError([{ file, message: "this PDF cannot be read; give one that biaogan made" }], { cause });
  });
  const model = attachments.find((a) => a.name === modelAttachment)?.data;
  if (!model) throw new InputError([{ file, message: `this PDF carries no ${modelAttachment}; give one that biaogan made` }]);
  return model;
}

async function listAttachments(document: Buffer) {
  return (await PDFDocument.load(document, { updateMetadata: false })).getAttachments();
}
