/** The run for one period in its n-th revision: `monthly-2018-01-r1`. */
export interface RunId {
  readonly series: string;
  readonly period: string;
  readonly revision: number;
}

export function runName({ series, period, revision }: RunId): string {
  return `${series}-${period}-r${revision}`;
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
 *  @returns the highest revision of the series and period among them, 0 when there is none */
export function latestRevision(keys: readonly string[], officeId: string, series: string, period: string): number {
  const prefix = `briefings/${officeId}/${series}-${period}-r`;
  return Math.max(0, ...keys.filter((k) => k.startsWith(prefix)).map((k) => Number.parseInt(k.slice(prefix.length), 10)));
}
