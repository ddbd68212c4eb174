import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cdkName } from "../support/cdk-program.ts";
import { type SynthesisedStacks, synthesiseStacks } from "../support/synthesised-stacks.ts";
import { describeCheckers, guardTemplate, lintTemplate, validateStateMachine } from "../support/template-checkers.ts";

const rulesFile = join(import.meta.dirname, "template-rules.guard");
const templates = ["biaogan-sample-storage", "biaogan-sample"];
/** In the titles, so that the log says who judged. */
const checkers = await describeCheckers();
let folder: string;
let stacks: SynthesisedStacks;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "biaogan-template-"));
  stacks = await synthesiseStacks(folder);
  process.stdout.write(`synthesised by ${cdkName}; judged by ${Object.values(checkers).join(", ")}\n`);
}, 600_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const fileOf = (template: string) => join(folder, `${template}.template.json`);

describe(`what ${cdkName} synthesises`, () => {
  test.each(templates)(`%s has no fault for ${checkers.lint}`, async (template) => {
    expect(await lintTemplate(fileOf(template), ["us-east-1", "ap-southeast-1", "ap-northeast-1", "eu-central-1"])).toEqual([]);
  });

  // Known of AWS and not of us: an office there has to take another region, or another mailer.
  test.each(["ap-east-1", "cn-north-1", "cn-northwest-1"])("cannot be deployed in %s, for want of SES alone", async (region) => {
    const findings = await lintTemplate(fileOf("biaogan-sample"), [region]);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) expect(finding).toMatch(/^E3006 Resources\/Mail\w+\/Type: Resource type 'AWS::SES::/);
  });

  test(`keeps our rules for ${checkers.guard}, and every rule had something to judge`, async () => {
    const reports = await Promise.all(templates.map((template) => guardTemplate(fileOf(template), rulesFile)));
    expect(reports.flatMap(({ findings }) => findings)).toEqual([]);
    const applied = new Set(reports.flatMap((report) => report.applied));
    const named = [...(await readFile(rulesFile, "utf8")).matchAll(/^rule (\w+) when/gm)].map(([, name = ""]) => name);
    // But for two rules whose subjects there are none of: global tables, and policies inside of roles.
    expect(named.filter((name) => !applied.has(name))).toEqual(["global_tables_are_kept", "roles_allow_little"]);
    const roles = Object.values(stacks.resources).filter(({ Type }) => Type === "AWS::IAM::Role");
    expect(roles.length).toBeGreaterThan(0);
    const inside = roles.flatMap(({ Properties }) => [Properties["Policies"], Properties["ManagedPolicyArns"]]);
    expect(inside.filter((policies) => policies !== undefined)).toEqual([]);
  });

  test(`has a state machine without a fault for ${checkers.stateMachine}`, () => {
    expect(validateStateMachine(stacks.definition)).toEqual([]);
  });
});
