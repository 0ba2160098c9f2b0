/** Maps between matrices, read as functions of what they are applied to: dexpm(X, V), and dexpm(X', W) the other way round. */
import { filled, type Form, leaf, transpose } from './algebra.ts';
import { placed } from './leaves.ts';
import type { Writer } from './write.ts';
import type { DirectedName } from '../../rules/functions/index.ts';
import { formOrNone, oriented, type Reader, type Tensor } from './reader.ts';
import { call } from '../syntax/build.ts';
import { type Application, applicationsIn, type Laid, matricesOf } from '../terms/directed.ts';
import type { Parts } from '../terms/construct.ts';

export interface Reading {
  readonly tensor: Tensor;
  /** What it is multiplied by. */
  readonly rest: Parts;
}

/** All ways to read one of the maps among the factors. */
export const directedReadings = (parts: Parts, reader: Reader): readonly Reading[] =>
  applicationsIn(parts, reader.isNamed).flatMap((application) => {
    if (application.op === 'dpowm') return [];
    const { outs, rest, map, isTurned } = application;
    const dims = isTurned ? map.node.slots.slice(2, 4) : map.node.slots.slice(0, 2);
    return written(application, reader).map((form) => ({
      tensor: placed({ form, indices: 2 }, outs, dims, reader),
      rest,
    }));
  });

function written({ op, map, isTurned, direction, at }: Application, reader: Reader): readonly Form[] {
  const [rows, columns] = at;
  const of = formOrNone(() => [
    ...matricesOf(map).map((matrix) => laid(matrix, isTurned, reader)),
    filled(oriented(direction, rows.index, columns.index, reader), rows.dim, columns.dim),
  ]);
  if (!of || of.length < 2) return [];
  const [matrices, along] = [of.slice(0, -1), of.at(-1)!];
  // dexpm(X, V) is dexpm(X', V')', sylvester(A, B, C) is sylvester(B', A', C')'.
  const { writer } = reader;
  const ways = [
    { inside: of, form: applied(op, of, writer) },
    ...[[...matrices.toReversed(), along].map(transpose)].map((inside) => ({
      inside,
      form: transpose(applied(op, inside, writer)),
    })),
  ];
  // Of equally long ones the one with nothing turned inside: it may stand turned itself.
  const cost = (forms: readonly Form[]): number => forms.reduce((total, form) => total + writer.costOf(form), 0);
  return ways.toSorted((a, b) => cost(a.inside) - cost(b.inside)).map(({ form }) => form);
}
function applied(op: DirectedName, of: readonly Form[], writer: Writer): Form {
  const expression = call(op, ...of.map(writer.write));
  const { rows, columns } = of.at(-1)!;
  return leaf(expression, `${op}${writer.spelling}`, rows, columns, { of, rank: of[0]!.rank });
}
function laid({ term, rows, columns }: Laid, isTurned: boolean, reader: Reader): Form {
  const form = filled(oriented(term, rows.index, columns.index, reader), rows.dim, columns.dim);
  return isTurned ? transpose(form) : form;
}
