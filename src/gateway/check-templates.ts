/** The check of templates that a configuration is read with. */
import type { CheckTemplate } from './config/inspect.ts';
import { checkTemplate } from './templates/check-template.ts';

/** A template without a schema of its own is given the fields of the user's. */
export const checkTemplates: CheckTemplate = ({ function: fn, template, schema }) =>
  checkTemplate(template, (schema ?? fn.schemas['user'])?.schema).map(({ path, line, message }) => ({
    message: `template ${line === undefined ? path : `${path}:${line}`}: ${message}`,
    mend: 'Correct the template, or describe the variable in the schema.',
  }));
