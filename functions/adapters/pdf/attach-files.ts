import { createHash } from "node:crypto";
import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from "@cantoo/pdf-lib";
import { RenderError } from "../../core/errors.ts";
import type { Attachment } from "../../core/ports.ts";

/** Printable ASCII without what a file system takes for a folder. */
const PLAIN_NAME = /^[\w][\w.+-]*$/;

/**
 * Puts files into the document, each with its relation to it, as PDF/A-3 wants.
 * @param date their own date: they were made with the document
 * @throws RenderError for a name that is no plain file name or is there twice
 */
export function attachFiles(pdf: PDFDocument, attachments: readonly Attachment[], date: Date): void {
  if (attachments.length === 0) return;
  const sorted = attachments.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const unfit = sorted.find(({ name }, index) => !PLAIN_NAME.test(name) || sorted[index + 1]?.name === name);
  if (unfit) throw new RenderError(`"${unfit.name}" cannot be attached: names of attachments are plain ASCII, each there once`);
  const { context, catalog } = pdf;
  const specifications = sorted.map((attachment) => context.register(specify(pdf, attachment, date)));
  const names = catalog.lookupMaybe(PDFName.of("Names"), PDFDict) ?? context.obj({});
  // A name tree is sorted by its keys.
  const entries = specifications.flatMap((ref, index) => [PDFString.of(sorted[index]?.name ?? ""), ref]);
  names.set(PDFName.of("EmbeddedFiles"), context.obj({ Names: entries }));
  catalog.set(PDFName.of("Names"), names);
  catalog.set(PDFName.of("AF"), context.obj(specifications));
}

function specify(pdf: PDFDocument, { name, mediaType, description, relationship, content }: Attachment, date: Date): PDFDict {
  const file = pdf.context.flateStream(content, {
    Type: "EmbeddedFile",
    Subtype: PDFName.of(mediaType),
    Params: {
      Size: content.byteLength,
      // MD5 is what the format asks for (ISO 32000-1, table 46); it guards against damage, not against anybody.
      CheckSum: PDFHexString.of(createHash("md5").update(content).digest("hex")),
      CreationDate: PDFString.fromDate(date),
      ModDate: PDFString.fromDate(date),
    },
  });
  const stream = pdf.context.register(file);
  return pdf.context.obj({
    Type: "Filespec",
    F: PDFString.of(name),
    UF: PDFHexString.fromText(name),
    Desc: PDFHexString.fromText(description),
    AFRelationship: relationship,
    EF: { F: stream, UF: stream },
  });
}
