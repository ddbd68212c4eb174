import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { MailThrottledError } from "../../core/errors.ts";
import type { Mail, Mailer, MailOutcome } from "../../core/ports.ts";
import { fileErrorCode, writeOnce } from "../write-once.ts";
import { type MimeMessage, type MimeSender, withMimeMessage } from "./mime-message.ts";

/** Files that are not whole yet; no delivery's id begins with a dot. */
const stagingFolder = ".staging";

/** Puts each mail as a file into a folder, `<delivery id>.eml`, for a person or a program to send on. A file is there whole or not at all and is never
 *  overwritten: the same delivery a second time is accepted already. Nothing is touched before the first mail.
 *  @param folder made with the first mail */
export function createOutboxMailer(folder: string, sender: MimeSender): Mailer {
  return { send: (mail) => withMimeMessage(mail, sender, (message) => put(resolve(folder), mail, message)) };
}

async function put(folder: string, mail: Mail, { bytes, messageId }: MimeMessage): Promise<MailOutcome> {
  const path = join(folder, `${mail.deliveryId}.eml`);
  try {
    const written = await writeOnce(path, join(folder, stagingFolder), bytes);
    return written === "created" ? { outcome: "accepted", messageId } : await recognise(path, mail);
  } catch (cause) {
    const code = fileErrorCode(cause);
    if (code === "ENAMETOOLONG") return { outcome: "rejected", reason: "the file's name would be too long; shorten the subscription's id" };
    const advice = adviceByCode[code];
    // Each of these stops the writing before the file has its name; of any other error that is not known.
    if (advice !== undefined) throw new MailThrottledError(`the outbox ${folder} takes no mail (${code}): ${advice}`, { cause });
    throw cause;
  }
}

const adviceByCode: Readonly<Record<string, string>> = {
  EACCES: "check the folder's permissions",
  EEXIST: "a part of the path is a file: choose another store",
  ENOSPC: "the disk is full: make room",
  ENOTDIR: "a part of the path is a file: choose another store",
  ENOTSUP: "this file system knows no hard links: choose a store on another",
  EPERM: "this file system may know no hard links: choose a store on another",
  EROFS: "the file system cannot be written: choose a store on another",
};

/** A mail of this delivery that lies there already keeps the id it went out with, whatever the sender is called today. */
async function recognise(path: string, { deliveryId }: Mail): Promise<MailOutcome> {
  const [headers = ""] = (await readFile(path, "latin1")).split("\r\n\r\n", 1);
  const messageId = /^Message-ID:\s*<([^<>\s]+)>/im.exec(headers)?.[1];
  if (messageId?.startsWith(`${deliveryId}@`)) return { outcome: "accepted", messageId };
  return { outcome: "rejected", reason: `in the outbox lies another file under the name ${deliveryId}.eml; look at it and move it away` };
}
