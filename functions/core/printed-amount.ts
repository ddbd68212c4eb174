import type { Locale, Translate } from "./local-text.ts";
import type { Metric } from "./metric.ts";
import { withTrueMinus } from "./observation.ts";

/** A number in the metric's own unit. Without `decimals` it is exact, as what somebody asked for is, and is printed as short as it can be. */
export interface Amount {
  readonly value: number;
  /** Digits after the point as published; negative for what was rounded to tens. */
  readonly decimals?: number | undefined;
}

type PrintedUnit = NonNullable<NonNullable<Metric["unit"]["printed"]>[Locale]>;

/** A language for which nothing is declared prints the unit as it is: an English name is no fallback inside a Chinese sentence. */
function printedUnit({ unit }: Metric, locale: Locale): PrintedUnit {
  return unit.printed?.[locale] ?? { name: unit.id, power: 0, grouped: true };
}

/** The unit as it stands over a column or beside an axis. */
export function unitName(metric: Metric, locale: Locale): string {
  return printedUnit(metric, locale).name;
}

/** Whether numbers of this metric have their thousands set apart. */
export function groupsThousands(metric: Metric, locale: Locale): boolean {
  return printedUnit(metric, locale).grouped;
}

/** @returns a value in the unit that the language prints: 2590 (亿元) is 259 (billion yuan) in English */
export function inPrintedUnit(value: number, metric: Metric, locale: Locale): number {
  const { power } = printedUnit(metric, locale);
  // Fifteen digits are what a number holds for certain; what the division adds behind them is noise.
  return power === 0 || value === 0 ? value : Number((power > 0 ? value / 10 ** power : value * 10 ** -power).toPrecision(15));
}

/** @returns the same amount in the unit that the language prints: the digits that were published stay the same */
export function toPrintedUnit<T extends Amount>(amount: T, metric: Metric, locale: Locale): T {
  const { power } = printedUnit(metric, locale);
  const value = inPrintedUnit(amount.value, metric, locale);
  return amount.decimals === undefined ? { ...amount, value } : { ...amount, value, decimals: amount.decimals + power };
}

/** @returns the digits alone, in the printed unit: 259.0, 1,234, −7.3 */
export function printDigits(amount: Amount, metric: Metric, locale: Locale): string {
  const { value, decimals } = toPrintedUnit(amount, metric, locale);
  const digits = decimals === undefined ? String(value) : value.toFixed(Math.max(0, decimals));
  return withTrueMinus(printedUnit(metric, locale).grouped ? groupThousands(digits, locale) : digits);
}

/** @returns a number with its unit: 2590 亿元, 259.0 billion yuan, 7.3%, 第 3 名, 1 enterprise */
export function printAmount(amount: Amount, metric: Metric, locale: Locale): string {
  return withUnit(printDigits(amount, metric, locale), metric, locale);
}

function withUnit(digits: string, metric: Metric, locale: Locale): string {
  const { name, one, pattern } = printedUnit(metric, locale);
  if (pattern !== undefined) return pattern.replace("#", digits);
  if (name === "%") return `${digits}%`;
  return `${digits} ${/^−?1$/.test(digits) ? (one ?? name) : name}`;
}

/** The difference of two amounts with its unit; that of two percentages is in percentage points, never in per cent. */
export function printDifference(amount: Amount, metric: Metric, { locale, translate }: { locale: Locale; translate: Translate }): string {
  return metric.unit.id === "%" ? printPoints(amount, translate) : printAmount(amount, metric, locale);
}

/** @returns −3 percentage points, 3.3 个百分点 */
export function printPoints({ value, decimals = 0 }: Amount, translate: Translate): string {
  const digits = withTrueMinus(value.toFixed(Math.max(0, decimals)));
  return translate({ id: "amount.points", values: { digits, one: /^−?1$/.test(digits) ? "yes" : "no" } });
}

/** Sets thousands apart by commas, before the point only: in English from four digits on; in Chinese from five on, as GB/T 15835—2011,
 *  5.1.1 allows whole numbers of up to four digits to stay together and leaves the digits after the point as they are. */
export function groupThousands(digits: string, locale: Locale): string {
  const [sign, whole = "", rest = ""] = /^([-−]?)(\d+)(.*)$/.exec(digits)?.slice(1) ?? [];
  if (sign === undefined || whole.length < (locale === "en" ? 4 : 5)) return digits;
  return `${sign}${whole.replace(/\B(?=(?:\d{3})+$)/g, ",")}${rest}`;
}
