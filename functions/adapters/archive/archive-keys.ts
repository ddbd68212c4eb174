import { InputError } from "../../core/errors.ts";

/** S3's own limit, and a file name's on every common file system. */
const maxKeyBytes = 1024;
const maxSegmentBytes = 255;

/** A key is a relative path with `/` that means the same in a bucket and in a folder.
 *  @throws InputError saying what is wrong with it */
export function checkArchiveKey(key: string): void {
  refuse(key, keyProblem(key));
}

/** A prefix is the beginning of a key: whole segments and, at its end, part of one or nothing.
 *  @throws InputError saying what is wrong with it */
export function checkArchivePrefix(prefix: string): void {
  const whole = prefix.slice(0, prefix.lastIndexOf("/") + 1);
  // Whatever could follow completes the last segment: "a/b" may be the beginning of "a/bc".
  refuse(prefix, keyProblem(`${whole}${prefix.slice(whole.length)}x`));
}

function keyProblem(key: string): string | undefined {
  if (Buffer.byteLength(key) > maxKeyBytes) return `it is longer than ${maxKeyBytes} bytes`;
  if (!key.isWellFormed() || key !== key.normalize("NFC")) return "it is not in Unicode's composed form (NFC)";
  if (/[\\\p{Cc}]/u.test(key)) return "it holds a backslash or a control character";
  return key.split("/").map(segmentProblem).find(Boolean);
}

/** A leading dot is kept for the archive itself: an unfinished file can never be taken for a published one. */
function segmentProblem(segment: string): string | undefined {
  if (segment === "") return "it begins or ends with a slash, has two in a row, or is empty";
  if (segment.startsWith(".")) return "a part of it begins with a dot";
  return Buffer.byteLength(segment) > maxSegmentBytes ? `a part of it is longer than ${maxSegmentBytes} bytes` : undefined;
}

function refuse(key: string, problem: string | undefined): void {
  if (problem === undefined) return;
  const message = `${problem}; write a relative path such as briefings/my-office/monthly-2018-01-r1/full-zh-CN.pdf`;
  throw new InputError([{ file: JSON.stringify(key), field: "archive key", message }]);
}
