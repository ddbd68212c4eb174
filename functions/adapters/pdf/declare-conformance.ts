import { getDefaultSRGBProfile, type PDFDocument, PDFHeader, PDFName, PDFString } from "@cantoo/pdf-lib";
import type { DocumentInfo } from "../../core/ports.ts";

/** What the document says it is; veraPDF holds it to that (test/conformance/archival-pdf.test.ts). */
const CLAIMS = { pdfaPart: 3, pdfaLevel: "A", pdfuaPart: 1 };

/** Of sRGB, as the profile itself is called. */
const COLOUR_SPACE = "sRGB IEC61966-2.1";

/** @param names of the programs that made it
 *  @param date of making and of the last change */
export interface Origin {
  readonly creator: string;
  readonly producer: string;
  readonly date: Date;
}

/**
 * Says what the document is (PDF/A-3, level A, and PDF/UA-1) and what its colours mean, in the words of these standards: XMP metadata that
 * agree with the older Info dictionary, which is written here too, and an output intent.
 */
export function declareConformance(pdf: PDFDocument, given: DocumentInfo, origin: Origin): void {
  const { context, catalog } = pdf;
  const info = { ...given, title: onOneLine(given.title), author: onOneLine(given.author), subject: onOneLine(given.subject) };
  context.header = PDFHeader.forVersion(1, 7);
  pdf.setTitle(info.title, { showInWindowTitleBar: true });
  pdf.setAuthor(info.author);
  pdf.setSubject(info.subject);
  pdf.setLanguage(info.language);
  pdf.setCreator(origin.creator);
  pdf.setProducer(origin.producer);
  pdf.setCreationDate(origin.date);
  pdf.setModificationDate(origin.date);
  // Not compressed, so that a program that knows no PDF finds it.
  const metadata = context.stream(Buffer.from(writeXmp(info, origin)), { Type: "Metadata", Subtype: "XML" });
  catalog.set(PDFName.of("Metadata"), context.register(metadata));
  catalog.set(PDFName.of("MarkInfo"), context.obj({ Marked: true }));
  const profile = context.register(context.flateStream(getDefaultSRGBProfile(), { N: 3 }));
  const intent = context.obj({
    Type: "OutputIntent",
    S: "GTS_PDFA1",
    OutputConditionIdentifier: PDFString.of(COLOUR_SPACE),
    Info: PDFString.of(COLOUR_SPACE),
    DestOutputProfile: profile,
  });
  catalog.set(PDFName.of("OutputIntents"), context.obj([context.register(intent)]));
  for (const page of pdf.getPages()) page.node.set(PDFName.of("Tabs"), PDFName.of("S"));
}

function writeXmp(info: DocumentInfo, { creator, producer, date }: Origin): string {
  const [title, subject] = [info.title, info.subject].map((text) => alternative(text, info.language));
  const day = `${date.toISOString().slice(0, 19)}Z`;
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/pdf</dc:format>
<dc:title>${title}</dc:title><dc:creator><rdf:Seq><rdf:li>${escapeXml(info.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description>${subject}</dc:description><dc:language><rdf:Bag><rdf:li>${escapeXml(info.language)}</rdf:li></rdf:Bag></dc:language></rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreatorTool>${escapeXml(creator)}</xmp:CreatorTool>
<xmp:CreateDate>${day}</xmp:CreateDate><xmp:ModifyDate>${day}</xmp:ModifyDate><xmp:MetadataDate>${day}</xmp:MetadataDate></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>${escapeXml(producer)}</pdf:Producer></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>${CLAIMS.pdfaPart}</pdfaid:part>
<pdfaid:conformance>${CLAIMS.pdfaLevel}</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>${CLAIMS.pdfuaPart}</pdfuaid:part></rdf:Description>
${PDFUA_SCHEMA}
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
}

/** PDF/A wants every namespace described that it does not know, and it does not know PDF/UA's. */
const PDFUA_SCHEMA = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>
</pdfaExtension:schemas></rdf:Description>`;

/** XML cannot hold every character, and both places must say the same. */
function onOneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Noncharacter_Code_Point}]+/gu, " ")
    .trim();
}

function alternative(text: string, language: string): string {
  const escaped = escapeXml(text);
  return `<rdf:Alt><rdf:li xml:lang="x-default">${escaped}</rdf:li><rdf:li xml:lang="${escapeXml(language)}">${escaped}</rdf:li></rdf:Alt>`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
