import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from "yaml";
import { suggestName } from "../../core/checks/suggest-name.ts";
import { InputError } from "../../core/errors.ts";
import type { OfficeFolder } from "../../core/ports.ts";
import { openOfficeFiles } from "./office-files.ts";
import { readOfficeFolder } from "./office-folder.ts";
import { readIfThere, replaceFile } from "./replace-file.ts";

const subscriptionsFolder = "subscriptions";
const usualFile = `${subscriptionsFolder}/readers.yaml`;

/** What a change did to the office's folder. */
export interface SubscriptionsEdit {
  /** Where the subscription stands, relative to the folder. */
  readonly file: string;
  /** False when it was so already. */
  readonly changed: boolean;
  /** The folder as it is now. */
  readonly folder: OfficeFolder;
}

/** Puts a subscription at the end of a list in subscriptions/; comments, order and everything else stay as they are.
 *  @param dir the office's folder, which must be sound
 *  @param entry its fields as in the YAML, not checked yet
 *  @param name the list's file; without it the only one there is, else readers.yaml
 *  @throws InputError with file, line and field of everything that would be wrong; nothing was written */
export async function addSubscription(
  dir: string,
  entry: Readonly<Record<string, unknown>>,
  name: string | undefined,
): Promise<SubscriptionsEdit> {
  await readOfficeFolder(dir);
  const file = await chooseFile(dir, name);
  return editFile(dir, file, (document) => {
    // A file with nothing but comments has no list yet; what stands in it stays above.
    if (document.contents === null) document.contents = document.createNode([]);
    const added = document.createNode(entry);
    const list = document.contents;
    if (!isSeq(list)) throw new InputError([{ file, message: "must be a list: begin each entry with a dash (- id: …)" }]);
    if (isMap(added) && list.items.length > 0 && list.flow !== true) added.spaceBefore = true;
    const editions = isMap(added) ? added.get("editions", true) : undefined;
    if (isSeq(editions)) editions.flow = true;
    list.add(added);
    return true;
  });
}

/** Lets a subscription rest, or takes it up again.
 *  @throws InputError when there is none of that id; nothing was written */
export async function pauseSubscription(dir: string, id: string, paused: boolean): Promise<SubscriptionsEdit> {
  await readOfficeFolder(dir);
  const known: string[] = [];
  for (const file of await listFiles(dir)) {
    const { entries } = await openDocument(dir, file);
    known.push(...entries.map((entry) => String(entry.get("id"))));
    if (!known.includes(id)) continue;
    return editFile(dir, file, (document) => {
      const entry = entriesOf(document).find((e) => e.get("id") === id);
      if (!entry || (entry.get("paused") ?? false) === paused) return false;
      if (paused) entry.set("paused", true);
      else entry.delete("paused");
      return true;
    });
  }
  throw unknownReader(id, known);
}

/** @param known the ids that there are */
export function unknownReader(id: string, known: readonly string[]): InputError {
  const there = known.length === 0 ? "the office has no subscription yet" : `there are ${known.join(", ")}`;
  return new InputError([{ file: id, message: `there is no subscription of this id${suggestName(id, known) || `; ${there}`}` }]);
}

async function chooseFile(dir: string, name: string | undefined): Promise<string> {
  if (name !== undefined) {
    if (/^[\p{L}\p{N}][\p{L}\p{N}._-]*\.yaml$/u.test(name)) return `${subscriptionsFolder}/${name}`;
    throw new InputError([{ file: "--file", message: `"${name}" is no file of a list; write a name alone, such as readers.yaml` }]);
  }
  const files = await listFiles(dir);
  const [only, ...others] = files;
  return only !== undefined && others.length === 0 ? only : usualFile;
}

async function listFiles(dir: string): Promise<string[]> {
  return (await openOfficeFiles(dir).list(subscriptionsFolder, [".yaml"])).value;
}

interface OpenDocument {
  readonly before: Uint8Array | undefined;
  readonly text: string;
  readonly document: Document;
  readonly entries: readonly YAMLMap[];
}

async function openDocument(dir: string, file: string): Promise<OpenDocument> {
  const before = await readIfThere(join(dir, file));
  const text = before ? new TextDecoder().decode(before) : "";
  const document: Document = parseDocument(text);
  return { before, text, document, entries: entriesOf(document) };
}

function entriesOf({ contents }: Document): YAMLMap[] {
  return isSeq(contents) ? contents.items.filter((item) => isMap(item)) : [];
}

/** What will be there is read once more as a whole before anything is there.
 *  @param change returns whether it changed anything */
async function editFile(dir: string, file: string, change: (document: Document) => boolean): Promise<SubscriptionsEdit> {
  const { before, text, document } = await openDocument(dir, file);
  if (!change(document)) return { file, changed: false, folder: await readOfficeFolder(dir) };
  // As it was written: the library would break long lines and pad brackets by its own taste.
  const written = document.toString({ lineWidth: 0, flowCollectionPadding: /[[{] /.test(text) });
  const after = Buffer.from(text.includes("\r\n") ? written.replaceAll("\n", "\r\n") : written);
  const folder = await readOfficeFolder(dir, new Map([[file, after]]));
  await mkdir(join(dir, subscriptionsFolder), { recursive: true });
  await replaceFile(join(dir, file), file, before, after);
  return { file, changed: true, folder };
}
