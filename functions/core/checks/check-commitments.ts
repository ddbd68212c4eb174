import type { Commitment, MethodId, Target } from "../commitment.ts";
import { hasRatio, type Metric } from "../metric.ts";
import type { Office } from "../office.ts";
import type { OfficeFolder } from "../ports.ts";
import { quoteMismatch } from "../speech.ts";
import type { EntityRef, Finding } from "./finding.ts";
import { suggestName } from "./suggest-name.ts";

/** What a commitment may refer to. */
interface Declared {
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly areas: ReadonlySet<string>;
  readonly owners: ReadonlySet<string>;
  readonly themes: ReadonlySet<string>;
  readonly commitments: ReadonlySet<string>;
}

/** @returns what is wrong between the commitments and everything they refer to */
export function checkCommitments(folder: OfficeFolder): Finding[] {
  const declared = collectDeclared(folder);
  return [
    ...folder.commitments.flatMap((commitment, index) => {
      const at = { entity: "commitment", index } as const;
      return [
        ...checkQuote(at, commitment, folder),
        ...checkNames(at, commitment, declared),
        ...checkMeasures(at, commitment, declared),
        ...checkMethod(at, commitment, declared),
        ...checkKind(at, commitment),
        ...checkBenchmark(at, commitment, declared),
      ];
    }),
    ...parentCycles(folder.commitments),
  ];
}

/** @returns whether the passage stands where it says in the speech it names; a speech without a readable text is passed over */
export function* checkQuote(
  at: EntityRef,
  { speech, quote, start, end }: { speech: string; quote: string; start: number; end: number },
  { speeches, texts }: Pick<OfficeFolder, "speeches" | "texts">,
): Generator<Finding> {
  const ids = speeches.map((s) => s.id);
  if (!ids.includes(speech)) {
    yield { ...at, field: "speech", message: `${speech} is not a speech of this office${suggestName(speech, ids)}`, lookedIn: "speech" };
  }
  const text = texts.get(speech);
  const message = text === undefined ? undefined : quoteMismatch(text, quote, start, end);
  if (message !== undefined) yield { ...at, field: text?.includes(quote) ? "start" : "quote", message };
}

function collectDeclared({ office, metrics, commitments }: OfficeFolder): Declared {
  return {
    metrics: new Map(metrics.map((metric) => [metric.id, metric])),
    areas: new Set(office.areas.map((area) => area.id)),
    owners: new Set(office.owners.map((owner) => owner.id)),
    themes: new Set(themePaths(office)),
    commitments: new Set(commitments.map((c) => c.id)),
  };
}

function themePaths({ themes }: Office): string[] {
  return themes.flatMap((theme) => [theme.id, ...theme.children.map((child) => `${theme.id}/${child.id}`)]);
}

function* checkNames(at: EntityRef, { theme, owner, parent, id }: Commitment, declared: Declared): Generator<Finding> {
  if (!declared.themes.has(theme)) {
    yield { ...at, field: "theme", message: `${theme} is not a theme in office.yaml${suggestName(theme, declared.themes)}` };
  }
  if (!declared.owners.has(owner)) {
    yield { ...at, field: "owner", message: `${owner} is not an owner in office.yaml${suggestName(owner, declared.owners)}` };
  }
  if (parent !== undefined && parent !== id && !declared.commitments.has(parent)) {
    const message = `${parent} is not a commitment${suggestName(parent, declared.commitments)}`;
    yield { ...at, field: "parent", message, lookedIn: "commitment" };
  }
}

function* checkMeasures(at: EntityRef, { target, moreTargets, proxy, benchmark }: Commitment, declared: Declared): Generator<Finding> {
  const more = moreTargets.map((t, index) => [`moreTargets.${index}`, t] as const);
  const named = { target, proxy, benchmark, ...Object.fromEntries(more) };
  for (const [field, value] of Object.entries(named)) {
    if (value?.metric !== undefined && !declared.metrics.has(value.metric)) {
      const message = `${value.metric} is not a metric of this office${suggestName(value.metric, declared.metrics.keys())}`;
      yield { ...at, field: `${field}.metric`, message, lookedIn: "metric" };
    }
    if (value?.refArea !== undefined && !declared.areas.has(value.refArea)) {
      const message = `${value.refArea} is not an area in office.yaml${suggestName(value.refArea, declared.areas)}`;
      yield { ...at, field: `${field}.refArea`, message };
    }
  }
  for (const [field, each] of [["target", target] as const, ...more]) {
    const metric = each && declared.metrics.get(each.metric);
    if (metric) yield* checkTarget(at, field, each, metric);
  }
}

function* checkTarget(at: EntityRef, field: string, target: Target, metric: Metric): Generator<Finding> {
  if (target.unit !== metric.unit.id) {
    yield { ...at, field: `${field}.unit`, message: `${metric.id} is measured in ${metric.unit.id}, not in ${target.unit}` };
  }
  const definitions = metric.definitions.map((d) => d.id);
  if (target.definition !== undefined && !definitions.includes(target.definition)) {
    const message = `${metric.id} has no definition ${target.definition}${suggestName(target.definition, definitions)}`;
    yield { ...at, field: `${field}.definition`, message };
  }
  const message = implausible(target.value, metric);
  if (message !== undefined) yield { ...at, field: `${field}.value`, message };
}

/** Values that the metric cannot take, whatever the speaker meant. */
function implausible(value: number, { id, shape, unit }: Metric): string | undefined {
  const percent = unit.id === "%";
  if (shape === "rank" && !(Number.isInteger(value) && value >= 1)) return `${id} is a rank: write a whole number from 1, not ${value}`;
  if (shape === "count" && value < 0) return `${id} is a count: it cannot be ${value}`;
  if (shape === "share" && percent && (value < 0 || value > 100)) return `${id} is a share: write 0 to 100 %, not ${value}`;
  // Nothing an office reports grows elevenfold in a period; a level was written against the rate's metric.
  if (shape === "rate" && percent && Math.abs(value) > 1000) return `${id} is a rate of change in %: ${value} looks like a level`;
  return undefined;
}

/** Which methods can judge a kind; the others are judged in one way only, which has no name to be chosen by. */
const methodsOf: Partial<Record<Commitment["kind"], readonly MethodId[]>> = {
  "quantified-target": ["threshold", "time-proportional", "run-rate", "cagr-ratio", "projection", "weather", "maintain"],
  "directional-commitment": ["direction", "trend"],
  benchmark: ["benchmark-gap"],
  "programme-or-mechanism": ["evidence-stage"],
};

/** A method that would only ever answer "cannot judge" is a slip, and is found before anybody waits for a verdict. */
function* checkMethod(at: EntityRef, commitment: Commitment, { metrics }: Declared): Generator<Finding> {
  const { kind, method, target, moreTargets, proxy } = commitment;
  if (method === undefined) return;
  const methods = methodsOf[kind] ?? [];
  if (!methods.includes(method)) {
    const those = methods.length > 0 ? `by ${methods.join(", ")}` : "in one way only";
    const instead = methods.length > 1 ? " or write one of these" : methods.length === 1 ? " or write this one" : "";
    yield { ...at, field: "method", message: `a ${kind} is judged ${those}; leave the method out${instead}` };
    return;
  }
  const targets = kind === "quantified-target" ? [target, ...moreTargets].filter((t) => t !== undefined) : [];
  const proxies = kind === "directional-commitment" && proxy ? [proxy] : [];
  const problems = [
    ...targets.map((t) => misfit(method, metrics.get(t.metric), t)),
    ...proxies.map((p) => misfit(method, metrics.get(p.metric))),
  ];
  for (const message of new Set(problems.filter((m) => m !== undefined))) yield { ...at, field: "method", message };
}

const compounding: readonly MethodId[] = ["cagr-ratio", "projection", "trend"];
const towards: readonly MethodId[] = ["time-proportional", "cagr-ratio", "projection", "weather"];

/** @returns why a method cannot judge a metric or a target of it */
function misfit(method: MethodId, metric: Metric | undefined, target?: Target): string | undefined {
  if (metric && compounding.includes(method) && !hasRatio(metric.shape)) {
    return `${method} compounds growth, and ${metric.id} is a ${metric.shape}`;
  }
  if (method === "run-rate") {
    const adds = "run-rate adds up what comes in over a period";
    if (target?.period === undefined) return `${adds}: give the target a period, not a due date`;
    if (metric && metric.shape !== "level" && metric.shape !== "count") return `${adds}, and ${metric.id} is a ${metric.shape}`;
  }
  if (towards.includes(method) && target && target.period === undefined && target.due === undefined) {
    return `${method} needs the time of the target: give it a due date or a period`;
  }
  return undefined;
}

/** A commitment that nobody scores needs nothing to be scored by; a benchmark may name nobody, and then must not be given one. */
function* checkKind(at: EntityRef, { kind, target, notScored }: Commitment): Generator<Finding> {
  if (kind !== "quantified-target" || target || notScored !== undefined) return;
  const message = "a quantified-target needs a target (metric, comparator, value, unit) or the reason why it is notScored";
  yield { ...at, field: "target", message };
}

/** Under another kind the metric only chooses a gap table, which subtracts. */
function* checkBenchmark(at: EntityRef, { kind, benchmark }: Commitment, { metrics }: Declared): Generator<Finding> {
  const metric = benchmark?.metric === undefined ? undefined : metrics.get(benchmark.metric);
  if (kind !== "benchmark" || !metric || hasRatio(metric.shape)) return;
  const instead = "name a level, share or count, or leave the metric out";
  const message = `a benchmark is judged by a ratio, and ${metric.id} is a ${metric.shape}; ${instead}`;
  yield { ...at, field: "benchmark.metric", message };
}

/** @returns one finding for each circle, at its first commitment */
function parentCycles(commitments: readonly Commitment[]): Finding[] {
  const parents = new Map(commitments.map((c) => [c.id, c.parent]));
  const indexes = new Map(commitments.map((c, index) => [c.id, index]));
  return commitments.flatMap((commitment, index) => {
    const circle = circleFrom(commitment.id, parents);
    const isFirst = circle?.every((id) => (indexes.get(id) ?? index) >= index);
    if (!circle || !isFirst) return [];
    const message = `the parents run in a circle: ${[...circle, commitment.id].join(" → ")}`;
    return [{ entity: "commitment", index, field: "parent", message }];
  });
}

/** @returns the ids from `id` upwards back to `id`; undefined when its parents come to an end or to another circle */
function circleFrom(id: string, parents: ReadonlyMap<string, string | undefined>): string[] | undefined {
  const seen = [id];
  for (let next = parents.get(id); next !== undefined; next = parents.get(next)) {
    if (next === id) return seen;
    if (seen.includes(next)) return undefined;
    seen.push(next);
  }
  return undefined;
}
