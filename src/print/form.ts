/** Is this part of a formula a number, a vector or a matrix? Only as good as display needs: 'unknown' is a fine answer. */
import { type FunctionRecord, functionNamed, type MatrixRecord } from '../../rules/functions/index.ts';
import type { Shape } from '../shape/shape.ts';
import { positionFunctions } from '../syntax/parts.ts';

export type Form = 'scalar' | 'column' | 'row' | 'matrix' | 'unknown';
/** What is known about names. Without it the letters speak: a..g scalars, h..z columns, A..Z matrices. */
export type Shapes = ReadonlyMap<string, Shape>;

export function formOfName(name: string, shapes: Shapes | undefined): Form {
  const shape = shapes?.get(name);
  if (shape) return shape.kind === 'tensor' ? 'unknown' : shape.kind;
  if (shapes) return 'unknown';
  if (/^[A-Z]/.test(name)) return 'matrix';
  if (/^[a-g](?:$|[\d_])/.test(name)) return 'scalar';
  return /^[h-z](?:$|[\d_])/.test(name) ? 'column' : 'unknown';
}

const transposedForms = {
  scalar: 'scalar',
  column: 'row',
  row: 'column',
  matrix: 'matrix',
  unknown: 'unknown',
} as const;
export const transposedForm = (form: Form): Form => transposedForms[form];

/** Of +, .* and ./: a scalar takes the form of the other side. */
export const entryForm = (a: Form, b: Form): Form =>
  a === b || b === 'scalar' ? a : a === 'scalar' ? b : a === 'matrix' || b === 'matrix' ? 'matrix' : 'unknown';

export function productForm(a: Form, b: Form): Form {
  if (a === 'scalar') return b;
  if (b === 'scalar') return a;
  if (a === 'row') return b === 'column' ? 'scalar' : b === 'matrix' ? 'row' : 'unknown';
  if (b === 'column') return a === 'matrix' ? 'column' : 'unknown';
  if (b === 'row') return a === 'column' ? 'matrix' : 'unknown';
  return a === 'matrix' && b === 'matrix' ? 'matrix' : 'unknown';
}

function formOfFunction(record: FunctionRecord, args: readonly Form[]): Form {
  const [first = 'unknown'] = args;
  switch (record.kind) {
    case 'entrywise':
    case 'root':
      return args.reduce(entryForm, 'scalar');
    case 'vector':
      return record.result === 'same' ? first : first === 'matrix' ? 'column' : 'scalar';
    case 'reduction':
      return args.length === 1 ? 'scalar' : 'unknown';
    case 'matrix':
      return formOfMatrixFunction(record, first);
    case 'shorthand':
      return 'unknown';
  }
}
function formOfMatrixFunction({ result }: MatrixRecord, first: Form): Form {
  switch (result) {
    case 'same':
      return first;
    case 'number':
      return 'scalar';
    case 'column':
    case 'matrix':
      return result;
    case 'diagonal':
      return first === 'matrix' ? 'column' : first === 'column' || first === 'row' ? 'matrix' : first;
  }
}

export function formOfCall(name: string, args: readonly Form[]): Form {
  const record = functionNamed(name, args.length);
  if (record) return formOfFunction(record, args);
  if (name === 'ones' || name === 'zeros') return args.length === 1 ? 'column' : 'matrix';
  if (name === 'eye') return 'matrix';
  return positionFunctions.has(name) ? 'scalar' : 'unknown';
}
