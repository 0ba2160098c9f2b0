/** Is every entry of a term an integer? */
import { entrywise } from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import { argumentsOf, openOperation, partsOf, summandsOf } from '../terms/construct.ts';
import type { ApplyNode, OperationNode, Term } from '../terms/node.ts';
import { statedOf } from './definite.ts';
import { opened } from './matrix.ts';
import { byStructure, type Reason } from './reason.ts';

export function integrality(t: Term): Reason | undefined {
  const { node } = t;
  switch (node.kind) {
    case 'number':
      return Q.isInteger(node.value) ? byStructure('an integer') : undefined;
    case 'size':
    case 'index':
    case 'delta':
    case 'pairing':
    case 'block':
    case 'guard':
      return byStructure('a count');
    case 'symbol': {
      const stated = statedOf(node, ({ integer }) => integer === true);
      const open = stated ? undefined : opened(t);
      return stated ?? (open && integrality(open));
    }
    case 'apply': {
      const { integers } = entrywise[node.fn];
      if (integers === 'always') return byStructure('a whole number');
      const parts = integers === 'no' ? [undefined] : argumentsOf(t as Term & { node: ApplyNode }).map(integrality);
      return parts.every((part) => part !== undefined) ? parts[0] : undefined;
    }
    case 'operation':
      return node.op === 'det' ? integrality(openOperation(t as Term & { node: OperationNode }).body) : undefined;
    case 'sum': {
      const parts = summandsOf(t).map(([c, s]) => (Q.isInteger(c) ? integrality(s) : undefined));
      return parts.every((part) => part !== undefined) ? parts[0] : undefined;
    }
    case 'product': {
      const { coefficient, factors } = partsOf(t);
      const parts = factors.map(([f, e]) => (Q.isInteger(e) && !Q.isNegative(e) ? integrality(f) : undefined));
      return Q.isInteger(coefficient) && parts.every((part) => part !== undefined) ? parts[0] : undefined;
    }
  }
}
