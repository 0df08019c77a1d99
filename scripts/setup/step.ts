import type { Progress } from "./progress.js";

/** One thing that set-up provides. */
export interface Step {
  /** What is being done, with its rough cost: shown as the heading of the step's progress. */
  title: string;
  /** Whether it is there already. Looks at files only: it runs at every start, and starts no process. */
  isDone(): boolean;
  /** Provides it. Whatever takes long is made under a temporary name and renamed when it is complete. */
  run(progress: Progress): Promise<void>;
}
