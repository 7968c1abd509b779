/** What is wrong with an answer, by the document that promised it. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import type { Content, JsonSchema, OpenApi } from '../../../src/server/openapi/document-types.ts';
import type { FuzzRequest } from './requests.ts';

export interface FuzzAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

export class Verdict {
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false });
  readonly #validators = new Map<JsonSchema, ValidateFunction>();

  constructor(document: OpenApi) {
    this.#ajv.addSchema({ $id: 'doc', components: document.components });
  }

  /** Undefined where nothing is wrong. */
  of({ method, operation, surplus }: FuzzRequest, { status, type, text }: FuzzAnswer): string | undefined {
    if (status === 500) return 'nobody foresaw it';
    if (surplus && status < 300) return 'a field that the document does not know was taken';
    if (text === '' || method === 'HEAD') return undefined;
    if (operation === undefined && status < 400) return undefined;
    const answers = operation?.responses ?? {};
    const { content } = answers[String(status)] ?? answers[`${Math.floor(status / 100)}XX`] ?? answers['default'] ?? {};
    return this.#misfit(content ?? this.#problems(), type, text);
  }

  #problems(): Content {
    return { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  }

  #misfit(content: Content, type: string, text: string): string | undefined {
    const media = type.split(';')[0] ?? '';
    const declared = content[media] ?? content['*/*'];
    if (declared === undefined) return `it is ${media}; declared is ${Object.keys(content).join(', ')}`;
    if (declared.schema === undefined || !media.endsWith('json')) return undefined;
    const validate = this.#validatorOf(declared.schema);
    if (validate(JSON.parse(text))) return undefined;
    return `it does not fit its schema: ${this.#ajv.errorsText(validate.errors)}`;
  }

  #validatorOf(schema: JsonSchema): ValidateFunction {
    let validate = this.#validators.get(schema);
    if (validate === undefined) {
      const inDocument: unknown = JSON.parse(JSON.stringify(schema), (key, inner: unknown) =>
        key === '$ref' ? `doc${String(inner)}` : inner,
      );
      // A schema of the document, with its references made whole.
      validate = this.#ajv.compile(inDocument as object);
      this.#validators.set(schema, validate);
    }
    return validate;
  }
}
