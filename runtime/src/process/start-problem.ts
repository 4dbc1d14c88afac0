/** Why a start cannot go on, in one line for the person at the terminal; ends the process with exit code 1. */
export class StartProblem extends Error {}

/** Another process holds the data folder. */
export class DataFolderInUse extends StartProblem {
  /** It is stopping, and will be gone soon. */
  readonly isLeaving: boolean;

  constructor(message: string, isLeaving: boolean) {
    super(message);
    this.isLeaving = isLeaving;
  }
}
