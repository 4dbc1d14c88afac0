/** Why a start cannot go on, in one line for the person at the terminal; ends the process with exit code 1. */
export class StartProblem extends Error {}
