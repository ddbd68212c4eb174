import { InputError } from "./errors.ts";

/** The run for one period in its n-th revision: `monthly-2018-01-r1`. */
export interface RunId {
  readonly series: string;
  readonly period: string;
  readonly revision: number;
}

export function runName({ series, period, revision }: RunId): string {
  return `${series}-${period}-r${revision}`;
}

/** @returns the run that is so named
 *  @throws InputError when it is no run's name */
export function parseRunName(name: string): RunId {
  const [, series, period, revision] = /^([a-z0-9-]+)-(\d{4}-(?:0[1-9]|1[0-2]))-r([1-9]\d*)$/.exec(name) ?? [];
  if (series === undefined || period === undefined) throw new InputError([{ file: name, message: "is no run; write monthly-2018-01-r1" }]);
  return { series, period, revision: Number(revision) };
}

/** Where the lists of a run's work lie, named after what stands in them: another list never takes the place of the first. */
export function workKey(officeId: string, run: RunId, work: "render" | "deliver", digest: string): string {
  return `runs/${officeId}/${runName(run)}/${work}-${digest.slice(0, 16)}.json`;
}

/** Where a run's files lie in the archive: `briefings/<office>/<run>/…`. */
export function runPrefix(officeId: string, run: RunId): string {
  return `briefings/${officeId}/${runName(run)}/`;
}

/** Keys of one edition: its frozen model and its document. */
export function editionKeys(officeId: string, run: RunId, editionId: string): { model: string; document: string } {
  const base = `${runPrefix(officeId, run)}${editionId}`;
  return { model: `${base}.json`, document: `${base}.pdf` };
}

/** @param keys any keys of the archive
 *  @returns the latest revision before this one of which the edition was issued: its document is among the keys; undefined when there is none */
export function issuedBefore(keys: readonly string[], officeId: string, run: RunId, editionId: string): RunId | undefined {
  const issued = new Set(keys);
  for (let revision = run.revision - 1; revision > 0; revision -= 1) {
    const earlier = { ...run, revision };
    if (issued.has(editionKeys(officeId, earlier, editionId).document)) return earlier;
  }
  return undefined;
}

/** @param keys any keys of the archive
 *  @returns the highest revision of the series and period among them, 0 when there is none */
export function latestRevision(keys: readonly string[], officeId: string, series: string, period: string): number {
  const prefix = `briefings/${officeId}/${series}-${period}-r`;
  return Math.max(0, ...keys.filter((k) => k.startsWith(prefix)).map((k) => Number.parseInt(k.slice(prefix.length), 10)));
}
