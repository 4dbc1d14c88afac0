import { ruleIdProblem } from '../rules/exception-event.ts';
import { eventDefinition } from './catalogue/index.ts';
import { type EventProblem, eventDataProblems } from './event-problems.ts';

/** Of an order of thousands of lines that are all wrong, so many tell enough. */
const MAX_PROBLEMS = 20;

/**
 * What is wrong with an event that a flow or another system gives. Data of an event of the catalogue must fit its schema, or the order would not
 * hear of it; types outside the catalogue are their sender's own, and say what they like.
 */
export function givenEventProblems({ type, data }: { type: string; data?: unknown }): EventProblem[] {
  const ofRules = ruleIdProblem({ type, data });
  if (ofRules) return [ofRules];
  const definition = eventDefinition(type);
  return definition === undefined ? [] : eventDataProblems(definition, data).slice(0, MAX_PROBLEMS);
}
