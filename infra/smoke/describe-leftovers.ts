import type { SmokeFindings } from "./plan-smoke.ts";
import { sampleOffice } from "./sample-register.ts";

/** What a smoke test leaves in the account, and how to remove it. Nothing of it costs more than a cent, and no schedule looks at it. */
export function describeLeftovers({ stage, loaded, executionArn }: SmokeFindings, series: string): string[] {
  if (!stage || !loaded) return [];
  const { bucketName, tableName, region } = stage;
  const prefixes = [`briefings/${sampleOffice}/`, `runs/${sampleOffice}/`];
  const remove = prefixes.map((prefix) => `aws s3 rm --recursive s3://${bucketName}/${prefix} --region ${region}`);
  return [
    `In the bucket: the sample's documents, and lists under runs/. To remove them: ${remove.join(" && ")} (the bucket keeps their versions for a year).`,
    "What the Map states wrote under map-results/ goes by itself after ninety days.",
    ...(executionArn ? [`The execution ${executionArn}, which Step Functions forgets after ninety days.`] : []),
    `In the table ${tableName}: the run's record and three rows of the ledger, of the series ${series} that no schedule looks at, and that the simulator's addresses were suppressed and are not any more; all of it may stay.`,
    "Once SES has told of the simulator's bounce and complaint, the alarm BouncesAndComplaints rings: its mail shows that alarms reach you.",
  ];
}
