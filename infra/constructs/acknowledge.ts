import { Stack, Validations } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { z } from "zod";

/** Answers rules of cdk-nag for one construct and what is below it.
 *  @param reasons rule, with its finding in brackets where one is meant → why it does not apply here */
export function acknowledge(construct: Construct, reasons: Readonly<Record<string, string>>): void {
  for (const [id, reason] of Object.entries(reasons)) Validations.of(construct).acknowledge({ id, reason });
}

/** Answers the rule against wildcards for one resource of a policy, and for no other.
 *  @param arn as it is written in the policy */
export function acknowledgeWildcard(role: Construct, arn: string, reason: string): void {
  acknowledge(role, { [`AwsSolutions-IAM5[Resource::${spellOut(Stack.of(role).resolve(arn))}]`]: reason });
}

const partSchema = z.union([
  z.string(),
  z.strictObject({ Ref: z.string() }).transform(({ Ref }) => `<${Ref}>`),
  z.strictObject({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) }).transform((part) => `<${part["Fn::GetAtt"].join(".")}>`),
]);
const joinSchema = z.strictObject({ "Fn::Join": z.tuple([z.string(), z.array(partSchema)]) });
const arnSchema = z.union([partSchema, joinSchema.transform((join) => join["Fn::Join"][1].join(join["Fn::Join"][0]))]);

/** cdk-nag spells a reference as `<Name>`. */
function spellOut(resolved: unknown): string {
  return arnSchema.parse(resolved);
}
