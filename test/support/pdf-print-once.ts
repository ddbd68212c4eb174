/** Prints one page in a process of its own and writes the PDF's SHA-256 to stdout: `node pdf-print-once.ts <html file>`. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { openTestRenderer, sampleInfo } from "./pdf-chromium.ts";

const renderer = await openTestRenderer();
try {
  const pdf = await renderer.render(readFileSync(process.argv[2] ?? "", "utf8"), sampleInfo);
  process.stdout.write(createHash("sha256").update(pdf).digest("hex"));
} finally {
  await renderer.close();
}
