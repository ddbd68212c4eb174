import type { Target } from "../commitment.ts";
import { type Figure, publishedDigits, roundingInterval } from "../observation.ts";

/** How a published figure stands to a target. */
export type Standing = "met" | "missed" | "on the line";

/** Value against target, strict or not. A published figure stands for every value that rounds to it ("210" is 209.5 to 210.5):
 *  where only some of these meet the target, the figure cannot decide and the target is *on the line*.
 *  Ranks and counts are exact: "3" is 3.
 *  @param figure value and published digits, in the unit of the target
 *  @param exact whether the figure is a rank or a count */
export function compareWithTarget(
  figure: Pick<Figure, "value" | "decimals">,
  target: Pick<Target, "comparator" | "value">,
  exact: boolean,
): Standing {
  const { low, high } = exact ? { low: figure.value, high: figure.value } : roundingInterval(figure);
  const limit = target.value;
  switch (target.comparator) {
    case ">":
      return decide(low > limit, high <= limit);
    case ">=":
      return decide(low >= limit, exact ? high < limit : high <= limit);
    case "<":
      return decide(high < limit || (!exact && high === limit), low >= limit);
    case "<=":
      return decide(high <= limit, low > limit);
    case "=":
      return low <= limit && limit <= high ? "met" : "missed";
  }
}

function decide(always: boolean, never: boolean): Standing {
  return always ? "met" : never ? "missed" : "on the line";
}

const signs: Readonly<Record<Target["comparator"], string>> = { ">": ">", ">=": "≥", "<": "<", "<=": "≤", "=": "=" };

/** Slots that show the comparison without claiming its outcome: `210 [209.5, 210.5]` against `> 210`.
 *  @param exact whether the figure is a rank or a count, which stand for themselves only */
export function comparisonWords(figure: Figure, target: Target, exact: boolean): { published: string; wanted: string } {
  const { low, high } = roundingInterval(figure);
  const digits = Math.max(0, figure.decimals + 1);
  const interval = exact ? "" : ` [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
  return { published: `${publishedDigits(figure)}${interval}`, wanted: `${signs[target.comparator]} ${target.value}` };
}
