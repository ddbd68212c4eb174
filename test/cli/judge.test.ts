import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { methodInputSchema } from "../../functions/core/assessment/method.ts";
import { methods } from "../../functions/core/assessment/methods.ts";
import { type RunResult, runBiaogan, runJson } from "../support/run-biaogan.ts";

const command = fileURLToPath(new URL("../../functions/cli/biaogan.mjs", import.meta.url));

/** Runs `biaogan judge` with a text on standard input. */
function judge(method: string, input: string): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, "judge", "--method", method]);
    const read = { stdout: "", stderr: "" };
    child.stdout.on("data", (data) => {
      read.stdout += data;
    });
    child.stderr.on("data", (data) => {
      read.stderr += data;
    });
    // It stops reading what is too long; that is what is tested.
    child.stdin.on("error", () => undefined);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, ...read }));
    child.stdin.end(input);
  });
}

const example = {
  direction: "increase",
  base: { t: 2015, y: 10 },
  current: { t: 2020, y: 14 },
  target: { t: 2030, y: 20 },
  limit: 100,
};
const resultSchema = z.strictObject({
  method: z.string(),
  signal: z.string(),
  band: z.string(),
  ratio: z.number().nullable(),
  onTheLine: z.literal(true).optional(),
  explanation: z.string(),
  projection: z.strictObject({ value: z.number(), low: z.number(), high: z.number(), how: z.string() }).optional(),
});

describe("biaogan judge", () => {
  it("prints one JSON document with band, signal, ratio and a sentence", async () => {
    const { code, stdout, stderr } = await judge("cagr-ratio", JSON.stringify(example));
    expect([code, stderr]).toEqual([0, ""]);
    const result = resultSchema.parse(JSON.parse(stdout));
    expect(result).toMatchObject({ method: "cagr-ratio", band: "on track", signal: "on track" });
    expect(result.ratio).toBeCloseTo((1.4 ** (1 / 5) - 1) / (2 ** (1 / 15) - 1), 12);
    expect(result.explanation).toBe(
      "From 10 (2015) to 14 (2020); 20 by 2030 is wanted: growth a year is 147% of what is required; on track.",
    );
  });

  it("prints a projection with its interval and how that was made", async () => {
    const { stdout } = await judge("projection", JSON.stringify(example));
    const { projection } = resultSchema.parse(JSON.parse(stdout));
    expect(projection).toMatchObject({ how: "No interval: the values are taken as exact, and fewer than five are known." });
    expect(projection?.value).toBeCloseTo(14 * 1.4 ** 2, 9);
  });

  it.each(methods.map((m) => m.id))("%s answers an empty object with a reason", async (id) => {
    const { code, stdout } = await judge(id, "{}");
    expect(code).toBe(0);
    expect(resultSchema.parse(JSON.parse(stdout))).toMatchObject({ method: id, signal: "cannot judge", ratio: null });
  });

  it.each([
    ["an unknown method", "horoscope", "{}", /there is no method "horoscope"; there are threshold, .*trend/],
    ["nothing on standard input", "trend", " \n", /standard input: nothing was given/],
    ["what is not JSON", "trend", "{", /standard input: this is not JSON/],
    ["a list", "trend", "[]", /standard input: /],
    ["an unknown key", "trend", '{"bas":{"t":1,"y":2}}', /standard input bas: unknown: bas; there are direction, base/],
    ["an unknown key inside", "trend", '{"base":{"t":1,"y":2,"z":3}}', /standard input base\.z: unknown: z/],
    ["a time that is missing", "trend", '{"base":{"t":null,"y":2}}', /standard input base\.t: /],
    ["a wrong type", "trend", '{"base":{"t":"2015","y":2}}', /standard input base\.t: /],
    ["a number beyond all numbers", "trend", '{"limit":1e999}', /standard input limit: /],
    ["more than a mebibyte", "trend", `{"direction":"${"x".repeat(1_048_576)}"}`, /standard input: more than 1 MiB/],
  ])("refuses %s and names it", async (_case, method, input, message) => {
    const { code, stdout, stderr } = await judge(method, input);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(message);
  });

  it("says where the rounding of published figures could flip the band, and keeps band and ratio as computed", async () => {
    // 139 against the 18.92 % a year from 100 to 200 in four years: R = 0.946; from 139.3 on it would be 0.95.
    const input = { base: { t: 2016, y: 100 }, current: { t: 2018, y: 139 }, target: { t: 2020, y: 200 } };
    const exact = resultSchema.parse(JSON.parse((await judge("cagr-ratio", JSON.stringify(input))).stdout));
    expect(exact).not.toHaveProperty("onTheLine");
    const rounded = { ...input, current: { ...input.current, decimals: 0 } };
    const open = resultSchema.parse(JSON.parse((await judge("cagr-ratio", JSON.stringify(rounded))).stdout));
    expect(open).toEqual({
      ...exact,
      onTheLine: true,
      signal: "watch",
      explanation: `${exact.explanation} On the line: within the rounding of the published figures the band could also be on track.`,
    });
  });

  it("gives what rounding leaves open the signal watch, unless every band that is possible has one signal", async () => {
    const at = async (y: number) => {
      const input = { base: { t: 2016, y: 10 }, current: { t: 2018, y, decimals: 0 }, target: { t: 2020, y: 20 } };
      return resultSchema.parse(JSON.parse((await judge("cagr-ratio", JSON.stringify(input))).stdout));
    };
    expect(await at(14)).toMatchObject({ band: "on track", signal: "watch", onTheLine: true });
    // 9.5 is deterioration, 10.5 (0.13 of the growth required) limited progress: off track, all of it.
    expect(await at(10)).toMatchObject({ band: "limited progress", signal: "off track", onTheLine: true });
  });

  it("marks the band that a method itself calls on the line, without saying it twice", async () => {
    const { stdout } = await judge("threshold", '{"current":{"t":2017,"y":210,"decimals":0},"target":{"t":2017,"y":210},"comparator":">"}');
    expect(resultSchema.parse(JSON.parse(stdout))).toEqual({
      method: "threshold",
      signal: "watch",
      band: "on the line",
      ratio: 1,
      onTheLine: true,
      explanation: "210 in 2017 against > 210: on the line, as rounding leaves it open.",
    });
  });

  it("takes null for a value that is missing, never for zero", async () => {
    const missing = JSON.stringify({ ...example, base: { t: 2015, y: null }, limit: null });
    expect(JSON.parse((await judge("cagr-ratio", missing)).stdout)).toMatchObject({
      band: "cannot judge",
      explanation: "What is needed is not there: a base.",
    });
    const series = [10, null, 12, 13, null, 15].map((y, i) => ({ t: 2015 + i, y }));
    const { stdout } = await judge("weather", JSON.stringify({ series, target: { t: 2025, y: 20 }, base: null }));
    expect(JSON.parse(stdout)).toMatchObject({ band: "sun", ratio: 0 });
  });

  it("says in its help what it reads", async () => {
    const { stdout } = await runBiaogan(["judge", "--help"]);
    for (const key of Object.keys(methodInputSchema.shape)) expect(stdout).toContain(key);
    expect(stdout).toMatch(/"decimals"/);
  });

  it("asks for the method when none is named", async () => {
    const { code, stdout, stderr } = await runBiaogan(["judge"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("--method");
  });
});

describe("biaogan methods", () => {
  it("lists every method with formula, bands and source", async () => {
    const list = z
      .array(z.strictObject({ id: z.string(), formula: z.string().min(1), bands: z.array(z.unknown()).min(2), source: z.string().min(1) }))
      .parse(await runJson(["methods"]));
    expect(list.map((m) => m.id)).toEqual(methods.map((m) => m.id));
    const { stdout } = await runBiaogan(["methods"]);
    for (const { id, formula, source } of list) for (const text of [id, formula, source]) expect(stdout).toContain(text);
  });
});
