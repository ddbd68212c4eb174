import { createHash } from "node:crypto";
import type { Mail } from "../../functions/core/ports.ts";

/** Every byte there is, and line ends of all kinds: whatever a transport may take for text is in it. */
export const everyByte = Buffer.concat([
  Buffer.from("%PDF-1.7\n"),
  Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7) % 256)),
  Buffer.from("\r\n.\r\n..\n\r\rFrom here\r\n"),
]);

/** A mail of the fictional town; its texts hold what breaks badly written mails. */
export function aMail(parts: Partial<Mail> = {}): Mail {
  return {
    deliveryId: "monthly_2026-07_r1_full-en_mayor",
    to: "Mayor@harbourton.example",
    subject: "张家港市 2018 年 1 月简报：两项落后 😀",
    html: "<p>两项落后。 😀 مرحبا</p>",
    text: "两项落后。 😀 مرحبا\n.\nFrom the town hall\n",
    attachments: [{ name: "harbourton-monthly-2026-07-r1-full-en.pdf", mediaType: "application/pdf", content: everyByte }],
    ...parts,
  };
}

export function sha256Of(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
