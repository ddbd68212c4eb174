import { Listr, ListrLogger, ProcessOutput } from "listr2";

/** One step of long work; `say` shows what it is at. */
export interface Step {
  readonly title: string;
  readonly run: (say: (detail: string) => void) => Promise<void>;
}

/** Runs the steps one after the other and shows how far they are: on standard error, and only on a terminal.
 *  @param endsItself the steps hear of Ctrl-C and end in order; otherwise it ends the program at once */
export async function runSteps(steps: readonly Step[], { endsItself = false } = {}): Promise<void> {
  const onTerminal = process.stderr.isTTY === true;
  const tasks = new Listr(
    steps.map(({ title, run }) => ({
      title,
      task: (_context: unknown, task: { output: string }) =>
        run((detail) => {
          task.output = detail;
        }),
    })),
    {
      // Standard output may be a pipe while a person watches standard error.
      forceTTY: onTerminal,
      registerSignalListeners: !endsItself,
      silentRendererCondition: !onTerminal,
      rendererOptions: {
        logger: new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) }),
        collapseErrors: false,
        showErrorMessage: false,
      },
    },
  );
  await tasks.run();
}
