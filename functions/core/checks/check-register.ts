import { compareDates, parsePeriod } from "../calendar.ts";
import type { Evidence } from "../evidence.ts";
import type { Metric } from "../metric.ts";
import { type Observation, observationKey } from "../observation.ts";
import type { Office } from "../office.ts";
import type { OfficeFolder } from "../ports.ts";
import type { Speech } from "../speech.ts";
import { checkCommitments, checkQuote } from "./check-commitments.ts";
import { checkReadiness } from "./check-readiness.ts";
import type { EntityKind, Finding } from "./finding.ts";
import { suggestName } from "./suggest-name.ts";

/** Checks what no schema of a single entry can: names that must be declared somewhere, ids that must be unique, quotes
 *  that must stand in their speech, units and dates that must agree.
 *  @param digests speech id → SHA-256 (hexadecimal) of its text file's bytes
 *  @returns every finding; empty when the register holds together */
export function checkRegister(folder: OfficeFolder, digests: ReadonlyMap<string, string>): Finding[] {
  return [
    ...checkOffice(folder.office),
    ...checkReadiness(folder.office, folder.metrics),
    ...folder.speeches.flatMap((speech, index) => [...checkSpeech(speech, index, digests)]),
    ...folder.metrics.flatMap((metric, index) => [...checkMetric(metric, index)]),
    ...checkCommitments(folder),
    ...folder.exclusions.flatMap((exclusion, index) => [...checkQuote({ entity: "exclusion", index }, exclusion, folder)]),
    ...checkEvidence(folder),
    ...folder.observations.flatMap((observation, index) => [...checkObservation(observation, index)]),
    ...duplicates("speech", folder.speeches),
    ...duplicates("metric", folder.metrics),
    ...duplicates("commitment", folder.commitments),
    ...duplicates("evidence", folder.evidence),
    ...duplicateObservations(folder),
  ];
}

/** The same key for the same claim, whether or not the metric's first definition is spelt out. */
export function vintageKey(observation: Observation, metric: Metric | undefined): string {
  const definition = observation.definition ?? metric?.definitions[0]?.id;
  return observationKey(definition === undefined ? observation : { ...observation, definition });
}

function* checkOffice(office: Office): Generator<Finding> {
  const at = { entity: "office", index: 0 } as const;
  const areas = office.areas.map((area) => area.id);
  yield* duplicateIds(areas, (i) => `areas.${i}.id`);
  yield* duplicateIds(
    office.owners.map((owner) => owner.id),
    (i) => `owners.${i}.id`,
  );
  yield* duplicateIds(
    office.themes.map((theme) => theme.id),
    (i) => `themes.${i}.id`,
  );
  for (const [t, theme] of office.themes.entries()) {
    yield* duplicateIds(
      theme.children.map((child) => child.id),
      (i) => `themes.${t}.children.${i}.id`,
    );
  }
  if (!areas.includes(office.refArea)) {
    yield { ...at, field: "refArea", message: `${office.refArea} is not one of the areas below${suggestName(office.refArea, areas)}` };
  }
  if (!isTimeZone(office.timeZone)) {
    yield { ...at, field: "timeZone", message: `${office.timeZone} is not a time zone; write an IANA name such as Europe/London` };
  }
}

function* duplicateIds(ids: readonly string[], field: (index: number) => string): Generator<Finding> {
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) < index) yield { entity: "office", index: 0, field: field(index), message: `the id ${id} is already used above` };
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

function* checkSpeech(speech: Speech, index: number, digests: ReadonlyMap<string, string>): Generator<Finding> {
  const digest = digests.get(speech.id);
  if (digest !== undefined && digest !== speech.sha256) {
    const message = `the text's SHA-256 is ${digest}; restore the text, or record what changed as another speech`;
    yield { entity: "speech", index, field: "sha256", message };
  }
}

function* checkMetric(metric: Metric, index: number): Generator<Finding> {
  const at = { entity: "metric", index } as const;
  const names = metric.definitions.map((d) => d.id);
  for (const [i, definition] of metric.definitions.entries()) {
    const field = `definitions.${i}`;
    if (names.indexOf(definition.id) < i) yield { ...at, field: `${field}.id`, message: `the id ${definition.id} is already used above` };
    for (const name of definition.comparableWith.filter((other) => !names.includes(other))) {
      yield { ...at, field: `${field}.comparableWith`, message: `${metric.id} has no definition ${name}${suggestName(name, names)}` };
    }
  }
  if ((metric.unit.measure === undefined) !== (metric.unit.mult === undefined)) {
    yield { ...at, field: "unit", message: "measure and mult belong together: write both or neither" };
  }
}

function checkEvidence({ evidence, commitments }: OfficeFolder): Finding[] {
  const programmes = new Set(commitments.flatMap((c) => c.programmes));
  return evidence.flatMap((item, index) => [...checkOneEvidence(item, index, programmes)]);
}

function* checkOneEvidence(item: Evidence, index: number, programmes: ReadonlySet<string>): Generator<Finding> {
  const at = { entity: "evidence", index } as const;
  if (!programmes.has(item.programme)) {
    const message = `no commitment names the programme ${item.programme}${suggestName(item.programme, programmes)}`;
    yield { ...at, field: "programme", message, lookedIn: "commitment" };
  }
  const start = parsePeriod(item.date)?.start;
  if (item.stage !== "planned" && start !== undefined && compareDates(item.knownSince, start) < 0) {
    yield {
      ...at,
      field: "knownSince",
      message: `known on ${item.knownSince}, before it happened (${item.date}); only a plan is known before`,
    };
  }
  if (item.stage !== "planned" && item.due !== undefined) {
    yield { ...at, field: "due", message: `only a plan (stage: planned) has a due date, not ${item.stage}` };
  }
}

function* checkObservation(observation: Observation, index: number): Generator<Finding> {
  const start = parsePeriod(observation.period)?.start;
  // An estimate may be published ahead of its period, a measured value may not.
  const measured = observation.status !== "E" && observation.status !== "M";
  if (measured && start !== undefined && compareDates(observation.knownSince, start) < 0) {
    const message = `known on ${observation.knownSince}, before ${observation.period} began; a forecast has the status E`;
    yield { entity: "observation", index, field: "KNOWN_SINCE", message };
  }
}

function duplicates(entity: EntityKind, entries: readonly { readonly id: string }[]): Finding[] {
  return clashes(
    entity,
    entries.map((entry) => entry.id),
    (index) => ({ field: "id", message: `the id ${entries[index]?.id} is already used` }),
  );
}

function duplicateObservations({ observations, metrics }: OfficeFolder): Finding[] {
  const byId = new Map(metrics.map((metric) => [metric.id, metric]));
  return clashes(
    "observation",
    observations.map((o) => vintageKey(o, byId.get(o.metric))),
    () => ({
      field: "KNOWN_SINCE",
      message: "the same figure of the same source and date is already on record; a revision has its own date",
    }),
  );
}

function clashes(entity: EntityKind, keys: readonly string[], describe: (index: number) => { field: string; message: string }): Finding[] {
  const first = new Map<string, number>();
  return keys.flatMap((key, index) => {
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    return earlier === undefined ? [] : [{ entity, index, ...describe(index), other: { entity, index: earlier } }];
  });
}
