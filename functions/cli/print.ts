/** Writes to standard output, and only there. @param text without its final newline */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** One JSON document on standard output. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}
