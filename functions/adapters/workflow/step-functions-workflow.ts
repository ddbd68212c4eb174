import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { StoreError } from "../../core/errors.ts";
import type { Workflow } from "../../core/ports.ts";

/** Runs as executions of a Standard state machine. Step Functions keeps a name for ninety days after its execution has ended: the same name
 *  with the same input is answered with the running execution, anything else under it is refused. */
export function createStepFunctionsWorkflow(client: SFNClient, stateMachineArn: string): Workflow {
  return {
    async start(name, input) {
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
        return "started";
      } catch (cause) {
        if (cause instanceof ExecutionAlreadyExists) return "known";
        const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
        throw new StoreError(`could not start the run ${name} of ${stateMachineArn}: ${reason}; try again`, { cause });
      }
    },
  };
}
