import { Validator } from '@cfworker/json-schema';
import type { RJSFSchema, ValidatorType } from '@rjsf/utils';

/**
 * What rjsf asks for schemas (defaults, alternatives), by interpreting them: compiling them, as ajv does, is refused by the
 * content policy. Errors are not found here; the form shows the flow's issues, so that there is one truth.
 */
export const interpretingValidator: ValidatorType = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  rawValidation: () => ({ errors: [] }),
  isValid(schema: RJSFSchema, data: unknown) {
    try {
      return new Validator(schema as object, '2020-12', true).validate(data).valid;
    } catch {
      return false;
    }
  },
};

// rjsf itself names a default validator by package; the build puts this file in that package's place.
export default interpretingValidator;
