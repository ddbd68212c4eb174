/** @returns ` (did you mean gdp?)` when one of the known names is nearly `wrong`, else an empty text. */
export function suggestName(wrong: string, known: Iterable<string>): string {
  // A third of the letters wrong is no slip of the hand any more.
  const allowed = Math.max(1, Math.floor(wrong.length / 3));
  const near = [...known]
    .filter((name) => Math.abs(name.length - wrong.length) <= allowed)
    .map((name) => ({ name, distance: editDistance(wrong, name) }))
    .filter(({ distance }) => distance <= allowed)
    .toSorted((a, b) => a.distance - b.distance)[0];
  return near ? ` (did you mean ${near.name}?)` : "";
}

/** Levenshtein distance: how many letters must be put in, left out or changed. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, letter] of [...a].entries()) {
    const row = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const changed = (previous[j] ?? 0) + (letter === other ? 0 : 1);
      row.push(Math.min(changed, (previous[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
    }
    previous = row;
  }
  return previous.at(-1) ?? 0;
}
