import { getDocumentProxy } from "unpdf";

type PdfReader = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Only errors; a printed page is no place for notes to a viewer's developer. */
const VERBOSITY_ERRORS = 0;

/** Lets `read` look into a PDF.
 *  @returns what `read` returns */
export async function withPdf<T>(pdf: Uint8Array, read: (reader: PdfReader) => Promise<T>): Promise<T> {
  // A copy: the reader takes the bytes it is given for good.
  const reader = await getDocumentProxy(new Uint8Array(pdf), { verbosity: VERBOSITY_ERRORS, useSystemFonts: false });
  try {
    return await read(reader);
  } finally {
    await reader.loadingTask.destroy();
  }
}
