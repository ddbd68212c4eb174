import { withTrueMinus } from "../observation.ts";
import type { Point } from "./method.ts";

type Value = Pick<Point, "y" | "decimals">;

/** @returns a value as it was given: with its published digits, a true minus sign */
export function printValue({ y, decimals }: Value): string {
  return withTrueMinus(decimals === undefined ? String(y) : y.toFixed(Math.max(0, decimals)));
}

/** A computed number, with no more significant digits than the poorest of the values it comes from (two at least).
 *  @param from the values that went into it */
export function printDerived(value: number, from: readonly Value[]): string {
  const carried = Math.min(...from.map(significantDigits));
  const text = value.toPrecision(Math.min(15, Math.max(2, carried)));
  // Whole tens and hundreds come as 1.3e+2; a final zero after the point is a digit that was carried, and stays.
  // The largest numbers round to more than a number holds.
  return withTrueMinus(text.includes("e") && Number.isFinite(Number(text)) ? String(Number(text)) : text);
}

/** A ratio in per cent, rounded down, so that what falls short of a band's limit is never printed as the limit.
 *  @param ratio dimensionless @param places digits after the point */
export function printPercent(ratio: number, places = 0): string {
  if (Math.abs(ratio) >= 1e4) {
    // A hundred times the ratio may be more than a number holds: the hundred goes into the exponent.
    const [digits, exponent] = ratio.toExponential(1).split("e");
    return withTrueMinus(`${digits}e+${Number(exponent) + 2}`);
  }
  const percent = ratio * 100;
  const unit = 10 ** places;
  return withTrueMinus((Math.floor(percent * unit + 1e-6) / unit).toFixed(places));
}

/** A time in years: 2020, or 2020.25. */
export function printTime(t: number): string {
  return String(Number(t.toFixed(2)));
}

function significantDigits({ y, decimals }: Value): number {
  // A zero carries no digits of its own; the other values say how fine the reading is.
  if (y === 0) return 15;
  if (decimals !== undefined) return Math.floor(Math.log10(Math.abs(y))) + 1 + decimals;
  return String(Math.abs(y)).replace(/e.*/, "").replace(".", "").replace(/^0+/, "").length;
}
