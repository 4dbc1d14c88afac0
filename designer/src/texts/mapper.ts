/** The mapper: source, expression and live output. */
export const mapperTexts = {
  editor: 'Mapping (JSONata)',
  input: 'Input',
  output: 'Output',
  working: 'Working on it…',
  unknownInput: 'What arrives here is not known yet. Run the draft once on the sample to see it.',
  noSample: 'Add a sample payload to see what the mapping makes of it.',
  addSample: 'Add a sample',
  position: (line: number, column: number) => `Line ${line}, column ${column}`,
  failed: 'The mapping fails on this sample',
  invalid: 'The mapping does not parse',
  jsonSchema: 'JSON Schema',
} as const;
