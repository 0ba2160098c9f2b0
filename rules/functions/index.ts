/** All functions by name, and the rules that follow from their records. */
import type { RuleSource } from '../rule-source.ts';
import { matrices as ofEntries, reductions, roots, shorthands, vectors } from './arrays.ts';
import { entrywise } from './entrywise.ts';
import { ofSpectrum } from './matrix-functions.ts';
import type {
  EntrywiseRecord,
  Formula,
  FunctionRecord,
  MatrixRecord,
  ReductionRecord,
  RootRecord,
  ShorthandRecord,
  VectorRecord,
} from './record.ts';
import { stacking } from './stacking.ts';

export type * from './record.ts';
export const matrices = { ...ofEntries, ...ofSpectrum, ...stacking } as const;
export { entrywise, ofSpectrum, reductions, roots, shorthands, vectors };

export type EntrywiseName = keyof typeof entrywise;
export type VectorName = keyof typeof vectors;
export type ReductionName = keyof typeof reductions;
export type MatrixName = keyof typeof matrices;
/** Functions of matrices that sums, products and quotients of the entries do not make. */
export type SpectralName = Exclude<keyof typeof ofSpectrum, 'sylvester'>;
/** Those that terms have as arrays of order four, to be multiplied by a direction. */
export type DirectedName = NamesWith<typeof matrices, 'derivative', 'unknown'> | 'dpowm';
export type RootName = keyof typeof roots;
export type ShorthandName = keyof typeof shorthands;

/** The names in a table whose records have this value in this field: what another total table is over. */
export type NamesWith<Table, Field extends PropertyKey, Value> = {
  [Name in keyof Table]: Table[Name] extends { readonly [F in Field]: Value } ? Name : never;
}[keyof Table];

/** Functions of whole arrays that terms have as such; the others are built from sums, powers and selectors. */
export type OperationName =
  | VectorName
  | NamesWith<typeof reductions, 'derivative', Formula>
  | NamesWith<typeof matrices, 'derivative', Formula | 'unknown'>
  | PowerName;
/** X^k with a size for its exponent, and how it varies: they are written as a power, and not at all. */
export type PowerName = 'powm' | 'dpowm';

/** Functions that LaTeX lays out in a way of their own. */
export type OwnLayout = NamesWith<typeof reductions & typeof matrices & typeof shorthands, 'latex', 'own'>;

const map = <One>(table: Readonly<Record<string, One>>): ReadonlyMap<string, One> => new Map(Object.entries(table));
export const entrywiseFunctions: ReadonlyMap<string, EntrywiseRecord> = map(entrywise);
export const vectorFunctions: ReadonlyMap<string, VectorRecord> = map(vectors);
export const reductionFunctions: ReadonlyMap<string, ReductionRecord> = map(reductions);
export const matrixFunctions: ReadonlyMap<string, MatrixRecord> = map(matrices);
export const rootFunctions: ReadonlyMap<string, RootRecord> = map(roots);
export const shorthandFunctions: ReadonlyMap<string, ShorthandRecord> = map(shorthands);

/** With their names; max and min are there twice, of an array and of two numbers. */
export const allFunctions: readonly (readonly [name: string, record: FunctionRecord])[] = [
  ...entrywiseFunctions,
  ...vectorFunctions,
  ...reductionFunctions,
  ...matrixFunctions,
  ...rootFunctions,
  ...shorthandFunctions,
];
/** Names that can be called: not those that are written as operators. */
export const isCalled = (record: FunctionRecord): boolean => record.kind !== 'entrywise' || record.written === 'call';

const byName = new Map<string, readonly FunctionRecord[]>();
for (const [name, record] of allFunctions) byName.set(name, [...(byName.get(name) ?? []), record]);

/** The function that another name stands for. */
export const aliases: ReadonlyMap<string, string> = new Map(
  allFunctions.flatMap(([name, record]) => record.aliases.map((alias): [string, string] => [alias, name])),
);

/** The function of this name that takes so many arguments, or one of the name if none does. */
export function functionNamed(name: string, count: number): FunctionRecord | undefined {
  const called = aliases.get(name) ?? name;
  const found = byName.get(called) ?? [];
  return found.find((record) => record.arguments.length === count) ?? found[0];
}

/** The place from which on the arguments of a function are sizes: 0 for eye(n), 1 for unvec(v, m, n). */
export function sizesFrom(name: string): number | undefined {
  if (name === 'ones' || name === 'zeros' || name === 'eye') return 0;
  const takes = matrixFunctions.get(aliases.get(name) ?? name)?.takes;
  return takes === 'two sizes' || takes === 'one size' ? 0 : takes === 'one and two sizes' ? 1 : undefined;
}

// ---- rules

/** f(x, y), or 1[x > y]. */
export const writtenCall = (name: string, record: FunctionRecord): string =>
  record.kind === 'entrywise' && record.written !== 'call' ? record.written : `${name}(${record.arguments.join(', ')})`;

/** Of functions of several numbers, and of numbers between 0 and 1: random numbers would hardly meet the domain. */
const isPositive = ({ domain, arguments: { length } }: EntrywiseRecord, x: string): boolean =>
  domain.some(({ needs, of }) => of === x && (needs === 'probability' || (needs === 'positive' && length > 1)));

function declared(record: FunctionRecord): string {
  switch (record.kind) {
    case 'entrywise':
      return record.arguments.map((x) => (isPositive(record, x) ? `${x} > 0` : `${x} in R`)).join('; ');
    case 'vector':
    case 'reduction':
      return `${record.arguments[0]} in R^n`;
    case 'matrix':
      return `${record.arguments[0]} in R^(${record.takes === 'any' ? 'm' : 'n'} x n)${record.takes === 'symmetric' ? ', symmetric' : ''}`;
    case 'root':
    case 'shorthand':
      return `${record.arguments.join(', ')} in R`;
  }
}

type Formulas = Readonly<Partial<Record<'derivative' | 'definition', Formula | string>>>;
/** The formula in this field, if the function has one. */
const formulaIn = (record: FunctionRecord, field: 'derivative' | 'definition'): Formula | undefined => {
  const { [field]: found }: Formulas & Pick<FunctionRecord, 'kind'> = record;
  return typeof found === 'string' ? undefined : found;
};

export const functionDerivatives: readonly RuleSource[] = allFunctions.flatMap(([name, record]): RuleSource[] => {
  const derivative = formulaIn(record, 'derivative');
  if (!derivative) return [];
  return [
    {
      name: `${record.kind === 'matrix' ? 'differential' : 'derivative'} of ${record.called}`,
      given: declared(record),
      from: `d(${writtenCall(name, record)})`,
      ...derivative,
    },
  ];
});

export const functionDefinitions: readonly RuleSource[] = allFunctions.flatMap(([name, record]): RuleSource[] => {
  const definition = formulaIn(record, 'definition');
  if (!definition) return [];
  const entry = record.kind === 'vector' && record.result === 'same' ? '[i]' : '';
  return [
    {
      name: `definition of ${record.called}`,
      given: declared(record),
      from: `${writtenCall(name, record)}${entry}`,
      ...definition,
    },
  ];
});

/** exp of log: f(g(x)) is x. */
export const inverseFolds: readonly RuleSource[] = [...entrywiseFunctions].flatMap(([name, record]): RuleSource[] => {
  if (record.inverse === 'none') return [];
  return [
    {
      name: `${name} of ${record.inverse}`,
      given: 'x in R',
      from: `${name}(${record.inverse}(x))`,
      to: 'x',
      source: 'definition',
      says: `${name} undoes ${record.inverse}.`,
    },
  ];
});

export const companionForms: readonly RuleSource[] = [...entrywiseFunctions].flatMap(([name, record]): RuleSource[] =>
  record.companions.map((companion) => ({
    name: `${name} for ${companion.from}`,
    given: declared(record),
    ...companion,
  })),
);
