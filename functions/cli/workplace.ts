import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { createFolderArchive } from "../adapters/archive/folder-archive.ts";
import { defaultCacheDir } from "../adapters/cache-directory.ts";
import type { OpenRegisterStore } from "../adapters/dynamo/open-register-store.ts";
import type { BriefingArchive, Register } from "../core/ports.ts";

/** Options that every command has. */
export interface CommonOptions {
  readonly data?: string;
  readonly store: string;
  readonly json: boolean;
}

/** Where the program lies. */
export const packageRoot = resolve(import.meta.dirname, "../..");

/** Where templates lie in the package. */
export const templatesDir = join(packageRoot, "templates");

/** The office's folder: the one named, else `data` here, else the example that came with the program. */
export function dataDirOf({ data }: Pick<CommonOptions, "data">): string {
  if (data !== undefined) return resolve(data);
  const here = resolve("data");
  return existsSync(join(here, "office.yaml")) ? here : join(packageRoot, "data");
}

/** An office's licensed fonts, which are looked for before those that ship. */
export function officeFonts(dataDir: string): string | undefined {
  const dir = join(dataDir, "fonts");
  return existsSync(dir) ? dir : undefined;
}

/** Where Chromium and the fonts are unpacked once. */
export function cacheDir(): string {
  return defaultCacheDir(process.env, homedir());
}

/** The database of record: a deployed table where one is named, else the endpoint that the SDK's own setting names, else the embedded one, a file
 *  for each office.
 *  @param table is there already, wherever the SDK's own settings point: a misspelt name is an error and makes no table */
export async function openStore(officeId: string, options: Pick<CommonOptions, "store">, table?: string): Promise<OpenRegisterStore> {
  // Loaded when needed: most of a command's start would be the SDK.
  const { openRegisterStore } = await import("../adapters/dynamo/open-register-store.ts");
  if (table !== undefined) return openRegisterStore("aws", table);
  const endpoint = process.env["AWS_ENDPOINT_URL_DYNAMODB"];
  const database = endpoint ? { endpoint } : { dbPath: join(resolve(options.store), "db", `${officeId}.sqlite`) };
  return openRegisterStore(database, `biaogan-${officeId}`);
}

/** What `--table` means wherever it is an option. */
export const tableOption = "a deployed table (the stack's output TableName); account and region are those of the AWS SDK's own settings";

/** Whether the database is the embedded one, which nobody but this process has open. */
export function isDatabaseOurs(): boolean {
  return !process.env["AWS_ENDPOINT_URL_DYNAMODB"];
}

/** The archive of the embedded set-up: a folder. */
export function openArchive(options: Pick<CommonOptions, "store">): BriefingArchive {
  return createFolderArchive(archiveDirOf(options));
}

export function archiveDirOf({ store }: Pick<CommonOptions, "store">): string {
  return join(resolve(store), "archive");
}

/** Loads the register and lends the store to `work`; the database is closed whatever happens.
 *  @returns what `work` returns */
export async function withLoadedStore<T>(
  register: Register,
  options: CommonOptions,
  work: (open: OpenRegisterStore) => Promise<T>,
): Promise<T> {
  const open = await openStore(register.office.id, options);
  try {
    await open.store.load(register);
    return await work(open);
  } finally {
    await open.close();
  }
}
