import { benchmarkGap } from "./benchmark-gap.ts";
import { cagrRatio } from "./cagr-ratio.ts";
import { evidenceStage } from "./evidence-stage.ts";
import { maintain } from "./maintain.ts";
import type { Method } from "./method.ts";
import { projection } from "./projection.ts";
import { runRate } from "./run-rate.ts";
import { threshold } from "./threshold.ts";
import { timeProportionalMethod } from "./time-proportional.ts";
import { trend } from "./trend.ts";
import { weather } from "./weather.ts";

/** Every way of judging that can be asked for by name. A new one is one file and one line here. */
export const methods: readonly Method[] = [
  threshold,
  timeProportionalMethod,
  runRate,
  cagrRatio,
  projection,
  weather,
  maintain,
  benchmarkGap,
  evidenceStage,
  trend,
];

/** @returns the method of that name, or undefined */
export function findMethod(id: string): Method | undefined {
  return methods.find((m) => m.id === id);
}
